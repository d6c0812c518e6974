"""The same tables, in a fleet applied client-side."""

from areas import changes_server_side
from harness.world import client_side


class ChangesClientSide(changes_server_side.ChangesServerSide):
    mode = client_side
