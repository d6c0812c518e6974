"""The changes that the end-to-end tests make, as tables. Each module has `cases`."""
