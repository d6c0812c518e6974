"""The areas of the end-to-end tests, each a ctest test of its own: e2e.<module>."""
