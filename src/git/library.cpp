#include "git/library.hpp"

#include <git2.h>

#include <algorithm>
#include <array>

namespace celldrift::git {

namespace {

bool configure_library() {
  if (git_libgit2_init() < 0) {
    throw Error(ErrorCode::internal, "libgit2 does not start");
  }
  // git refuses the repositories of other users because their configuration can name programs to
  // run. Nothing here runs any, and in CI the checkout often belongs to another user.
  git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
  // Both may be set by CI checkouts, and neither changes how what is there is read: objects that a
  // partial clone lacks are errors when they are asked for.
  std::array<const char*, 2> extensions{"partialclone", "relativeworktrees"};
  git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions.data(), extensions.size());
  // A cache that loses power half-way through a write must still be whole.
  git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
  // Far beyond any manifests repo; stops a server that announces billions.
  git_libgit2_opts(GIT_OPT_SET_PACK_MAX_OBJECTS, std::size_t{50'000'000});
  return true;
}

// libgit2 writes "unexpected http status code: 404".
ErrorCode code_of_http_status(std::string_view message, ErrorCode otherwise) {
  constexpr std::string_view prefix = "unexpected http status code: ";
  if (!message.starts_with(prefix)) {
    return otherwise;
  }
  const std::string_view status = message.substr(prefix.size());
  if (status == "401") {
    return ErrorCode::auth;
  }
  if (status == "403") {
    return ErrorCode::forbidden;
  }
  if (status == "404" || status == "410") {
    return ErrorCode::not_found;
  }
  return ErrorCode::server;
}

ErrorCode code_of(int status, const git_error& error, ErrorCode otherwise) {
  if (status == GIT_EAUTH) {
    return ErrorCode::auth;
  }
  if (status == GIT_ECERTIFICATE || status == GIT_TIMEOUT) {
    return ErrorCode::network;
  }
  switch (error.klass) {
    case GIT_ERROR_NET:
    case GIT_ERROR_SSL:
    case GIT_ERROR_SSH:
    case GIT_ERROR_HTTP:
      return code_of_http_status(error.message, ErrorCode::network);
    case GIT_ERROR_OS:
    case GIT_ERROR_FILESYSTEM:
      return ErrorCode::io;
    default:
      return otherwise;
  }
}

std::string id_of(std::string_view bytes, git_object_t type) {
  git_oid oid;
  if (const int status = git_odb_hash(&oid, bytes.data(), bytes.size(), type); status < 0) {
    throw_last(status, "hashing");
  }
  return hex_of(oid);
}

}  // namespace

void FreeHandle::operator()(git_blob* handle) const {
  git_blob_free(handle);
}
void FreeHandle::operator()(git_diff* handle) const {
  git_diff_free(handle);
}
void FreeHandle::operator()(git_tree* handle) const {
  git_tree_free(handle);
}
void FreeHandle::operator()(git_tree_entry* handle) const {
  git_tree_entry_free(handle);
}
void FreeHandle::operator()(git_commit* handle) const {
  git_commit_free(handle);
}
void FreeHandle::operator()(git_index* handle) const {
  git_index_free(handle);
}
void FreeHandle::operator()(git_object* handle) const {
  git_object_free(handle);
}
void FreeHandle::operator()(git_odb* handle) const {
  git_odb_free(handle);
}
void FreeHandle::operator()(git_odb_object* handle) const {
  git_odb_object_free(handle);
}
void FreeHandle::operator()(git_reference* handle) const {
  git_reference_free(handle);
}
void FreeHandle::operator()(git_remote* handle) const {
  git_remote_free(handle);
}
void FreeHandle::operator()(git_repository* handle) const {
  git_repository_free(handle);
}

void start_library() {
  // Never shut down: objects of other static storage may still use it when the process ends.
  [[maybe_unused]] static const bool started = configure_library();
}

Error last_error(int status, const std::string& doing, ErrorCode otherwise) {
  const git_error* error = git_error_last();
  if (error == nullptr || error->klass == GIT_ERROR_NONE) {
    return Error(otherwise, doing + ": failed (libgit2 code " + std::to_string(status) + ")");
  }
  return Error(code_of(status, *error, otherwise), doing + ": " + error->message);
}

void throw_last(int status, const std::string& doing, ErrorCode otherwise) {
  throw last_error(status, doing, otherwise);
}

std::string in_quotes(std::string_view name) {
  constexpr std::size_t longest = 200;
  if (name.size() <= longest) {
    return "'" + std::string(name) + "'";
  }
  return "'" + std::string(name.substr(0, longest)) + "…' (" + std::to_string(name.size()) +
         " bytes)";
}

bool is_hex(std::string_view text) {
  const auto is_digit = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  return std::ranges::all_of(text, is_digit);
}

bool is_full_id(std::string_view text) {
  return text.size() == id_digits && is_hex(text);
}

std::string hex_of(const git_oid& oid) {
  std::string hex(id_digits, '\0');
  git_oid_fmt(hex.data(), &oid);
  return hex;
}

git_oid oid_of(std::string_view hex) {
  git_oid oid;
  if (!is_full_id(hex) || git_oid_fromstrn(&oid, hex.data(), hex.size()) < 0) {
    throw Error(ErrorCode::repository, in_quotes(hex) + " is no full object id (40 hex digits)");
  }
  return oid;
}

std::string blob_id(std::string_view content) {
  return id_of(content, GIT_OBJECT_BLOB);
}

std::string tree_id(std::string_view raw) {
  return id_of(raw, GIT_OBJECT_TREE);
}

}  // namespace celldrift::git
