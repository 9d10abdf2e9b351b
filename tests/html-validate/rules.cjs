/** The rules for the site's HTML: all that html-validate recommends, but those that say nothing here, each with its reason. */
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The results of a search can't be the options of a select element.
    "prefer-native-element": ["error", { exclude: ["listbox"] }],
    // The choices of one facet share a name, as checkboxes do.
    "form-dup-name": ["error", { shared: ["checkbox", "radio", "button", "reset", "submit"] }],
    // A number that is copied must be what people dial and search; a style keeps it in one line.
    "tel-non-breaking": "off",
    // CommonMark writes `<img />`, which HTML allows.
    "void-style": "off",
  },
};
