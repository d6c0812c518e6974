"""Kubeconfigs: one context per cell, named as the cell."""

import base64

from .cell import tokens

_cluster = """\
- name: {name}-cluster
  cluster:
    server: {server}
    certificate-authority-data: {certificate}
"""
_user = """\
- name: {name}-user
  user:
    token: {token}
"""
_context = """\
- name: {name}
  context:
    cluster: {name}-cluster
    user: {name}-user
"""


def write(path, cells, user="readonly", special=None):
    """Writes a kubeconfig of `cells` for one user of them. `special` has, by the cell's name, what is otherwise for one
    of them: {"cell-b": {"server": …, "token": …, "certificate": bytes}}."""
    sections = {"clusters": "", "users": "", "contexts": ""}
    for cell in cells:
        fields = {
            "name": cell.name,
            "server": cell.server,
            "token": tokens[user],
            "certificate": cell.certificate.read_bytes(),
            **(special or {}).get(cell.name, {}),
        }
        fields["certificate"] = base64.b64encode(fields["certificate"]).decode()
        sections["clusters"] += _cluster.format(**fields)
        sections["users"] += _user.format(**fields)
        sections["contexts"] += _context.format(**fields)
    text = f"apiVersion: v1\nkind: Config\ncurrent-context: {cells[0].name}\n"
    text += "".join(f"{section}:\n{entries}" for section, entries in sections.items())
    path.write_text(text)
    path.chmod(0o600)
    return path
