"""Why an expression is not placed."""


class UnreadableError(Exception):
    """An expression that was read but cannot be placed; its text is the reason."""


class NotApplicableError(Exception):
    """A reading that does not fit the features it names; another may."""
