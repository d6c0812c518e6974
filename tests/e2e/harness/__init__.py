"""What the end-to-end tests stand on: real API servers, a manifests repo, the binary under test."""
