#include "celldrift/core/text.hpp"
#include "git/credentials.hpp"
#include "git/files.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace celldrift::git {

namespace {

constexpr std::size_t max_key_bytes = std::size_t{1} << 20;

void add_key(SshKeys& keys, const std::string& path) {
  if (needs_passphrase(read_file(path, max_key_bytes))) {
    keys.refused.push_back(path + " needs a passphrase");
  } else {
    keys.usable.push_back(path);
  }
}

std::string between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin);
  const std::size_t to = text.find(end);
  if (from == text.npos || to == text.npos || to < from) {
    return "";
  }
  return std::string(trim(text.substr(from + begin.size(), to - from - begin.size())));
}

}  // namespace

// PEM says so in a header; OpenSSH's own format names its cipher after a fixed start.
bool needs_passphrase(std::string_view key) {
  if (key.find("ENCRYPTED") != key.npos) {
    return true;
  }
  const std::string body =
      between(key, "-----BEGIN OPENSSH PRIVATE KEY-----", "-----END OPENSSH PRIVATE KEY-----");
  constexpr std::string_view plain("openssh-key-v1\0\0\0\0\4none", 23);
  std::string bytes;
  return !body.empty() && base64_decode(body, bytes) && !bytes.starts_with(plain);
}

SshKeys ssh_keys() {
  SshKeys keys;
  if (const char* path = std::getenv("CELLDRIFT_SSH_KEY"); path != nullptr && *path != '\0') {
    add_key(keys, path);
    return keys;
  }
  const char* home = std::getenv("HOME");
  for (const char* name : {"id_ed25519", "id_ecdsa", "id_rsa"}) {
    const std::string path = std::string(home == nullptr ? "" : home) + "/.ssh/" + name;
    std::error_code error;
    if (home != nullptr && std::filesystem::is_regular_file(path, error)) {
      add_key(keys, path);
    }
  }
  return keys;
}

// libssh2 gives up altogether, without a look at the keys, where the agent's socket is dead.
bool has_agent() {
  const char* path = std::getenv("SSH_AUTH_SOCK");
  sockaddr_un address{};
  if (path == nullptr || *path == '\0' || std::strlen(path) >= sizeof address.sun_path) {
    return false;
  }
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path, std::strlen(path));
  const File socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return socket && connect(socket.number(),
                           static_cast<const sockaddr*>(static_cast<const void*>(&address)),
                           sizeof address) == 0;
}

}  // namespace celldrift::git
