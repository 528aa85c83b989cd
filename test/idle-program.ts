/** A target that is a program of the exec protocol, and says that it can do nothing. */
export const idle =
  'exec:read -r l; echo \'{"version":1,"implementation":{"name":"idle","version":"0"},' +
  '"capabilities":{"calls":[],"observes":[],"descriptors":"lowest"}}\'; ' +
  'while read -r l; do echo \'{"ok":true}\'; done';
