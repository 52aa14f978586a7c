// What our scripts are held to: no name unknown or unused, and no way for text to become markup or code.

const BROWSER = [
  "addEventListener", "Blob", "cancelAnimationFrame", "clearInterval", "clearTimeout", "CSS", "document", "DOMMatrix", "getComputedStyle",
  "history", "innerHeight", "innerWidth", "location", "matchMedia", "navigator", "Path2D", "performance", "print", "requestAnimationFrame",
  "requestIdleCallback", "ResizeObserver", "setInterval", "setTimeout", "URL", "URLSearchParams", "window",
];
const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "srcdoc", "createContextualFragment"];

export default [
  {
    files: ["geoincidents/maps/assets/js/*.js"],
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: Object.fromEntries(BROWSER.map((name) => [name, "readonly"])) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error", "consistent-return": "error", "default-case-last": "error", "dot-notation": "error", "eqeqeq": "error",
      "for-direction": "error", "getter-return": "error", "max-depth": ["error", 4], "max-lines": ["error", 400], "no-alert": "error",
      "no-async-promise-executor": "error", "no-caller": "error", "no-case-declarations": "error", "no-cond-assign": "error",
      "no-console": "error", "no-const-assign": "error", "no-constant-condition": "error", "no-debugger": "error", "no-dupe-args": "error",
      "no-dupe-else-if": "error", "no-dupe-keys": "error", "no-duplicate-case": "error", "no-duplicate-imports": "error",
      "no-else-return": "error", "no-empty": ["error", { allowEmptyCatch: true }], "no-eval": "error", "no-extend-native": "error",
      "no-extra-boolean-cast": "error", "no-fallthrough": "error", "no-func-assign": "error", "no-global-assign": "error",
      "no-implied-eval": "error", "no-import-assign": "error", "no-inner-declarations": "error", "no-invalid-regexp": "error",
      "no-lonely-if": "error", "no-loss-of-precision": "error", "no-new-func": "error", "no-param-reassign": "error", "no-proto": "error",
      "no-prototype-builtins": "error", "no-redeclare": "error", "no-restricted-properties": ["error",
        ...MARKUP.map((property) => ({ property, message: "Text of reports may never become markup." })),
        { object: "document", property: "write", message: "Text of reports may never become markup." }],
      "no-script-url": "error", "no-self-assign": "error", "no-self-compare": "error", "no-shadow": "error",
      "no-shadow-restricted-names": "error", "no-sparse-arrays": "error", "no-template-curly-in-string": "error", "no-throw-literal": "error",
      "no-undef": "error", "no-unreachable": "error", "no-unsafe-finally": "error", "no-unsafe-optional-chaining": "error",
      "no-unused-private-class-members": "error", "no-unused-vars": "error", "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-useless-concat": "error", "no-useless-escape": "error", "no-useless-rename": "error", "no-useless-return": "error", "no-var": "error",
      "object-shorthand": "error", "prefer-const": "error", "prefer-rest-params": "error", "prefer-spread": "error", "prefer-template": "error",
      "radix": "error", "require-await": "error", "use-isnan": "error", "valid-typeof": "error", "yoda": "error",
    },
  },
];
