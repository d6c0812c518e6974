#include "git/certificates.hpp"

#include "git/library.hpp"

#include <git2.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>

namespace celldrift::git {

namespace {

// A static binary brings OpenSSL's compiled-in paths, which are right on one distribution at most.
constexpr const char* bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Arch, Gentoo
    "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, RHEL
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // RHEL 7 and later
    "/etc/ssl/ca-bundle.pem",                             // openSUSE
    "/etc/ssl/cert.pem",                                  // Alpine
};

// Null when the variable is not set.
const char* path_in(const char* variable) {
  const char* path = std::getenv(variable);
  if (path == nullptr || *path == '\0') {
    return nullptr;
  }
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    throw Error(ErrorCode::config,
                std::string(variable) + " names " + in_quotes(path) + ", which does not exist");
  }
  return path;
}

const char* system_bundle() {
  for (const char* bundle : bundles) {
    std::error_code error;
    if (std::filesystem::exists(bundle, error)) {
      return bundle;
    }
  }
  return nullptr;
}

void set_locations() {
  const char* file = path_in("SSL_CERT_FILE");
  const char* directory = path_in("SSL_CERT_DIR");
  if (file == nullptr && directory == nullptr) {
    file = system_bundle();
  }
  if (file == nullptr && directory == nullptr) {
    return;  // then OpenSSL's own paths, or every connection fails and says why
  }
  if (const int status = git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file, directory);
      status < 0) {
    throw_last(status, "loading CA certificates", ErrorCode::config);
  }
}

}  // namespace

void trust_system_certificates() {
  static std::once_flag once;
  std::call_once(once, set_locations);
}

}  // namespace celldrift::git
