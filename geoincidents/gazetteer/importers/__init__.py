"""Read what users bring: GeoNames dumps, boundary files, OpenStreetMap extracts, own places."""
