#include "git/odb_objects.hpp"

#include <git2.h>

#include <mutex>

namespace celldrift::git {

namespace {

constexpr std::size_t max_commit_bytes = std::size_t{16} << 20;
constexpr std::size_t most_entries = 1'000'000;  // of remembered directories

std::string_view noun(git_object_t type) {
  switch (type) {
    case GIT_OBJECT_BLOB:
      return "file";
    case GIT_OBJECT_TREE:
      return "directory";
    case GIT_OBJECT_COMMIT:
      return "commit";
    default:
      return "tag";
  }
}

[[noreturn]] void throw_unreadable(int status, const std::string& oid) {
  if (status == GIT_ENOTFOUND) {
    throw Error(ErrorCode::repository,
                "object " + oid + " is missing from the repository, as in a partial or " +
                    "broken clone: fetch it, or run git fsck");
  }
  throw_last(status, "reading object " + oid);
}

// The size first: a few bytes on disk can announce, and unpack to, any number.
void check_header(git_odb& odb, const std::string& oid, git_object_t type, std::size_t limit) {
  const git_oid id = oid_of(oid);
  std::size_t size = 0;
  git_object_t actual = GIT_OBJECT_INVALID;
  if (const int status = git_odb_read_header(&size, &actual, &odb, &id); status < 0) {
    throw_unreadable(status, oid);
  }
  if (actual != type) {
    throw Error(ErrorCode::repository,
                "object " + oid + " is a " + std::string(noun(actual)) + ", not a " +
                    std::string(noun(type)));
  }
  if (size > limit) {
    throw Error(ErrorCode::limit,
                "the " + std::string(noun(type)) + " has " + std::to_string(size) +
                    " bytes, at most " + std::to_string(limit) + " are read");
  }
}

Handle<git_odb_object> read_object(git_odb& odb,
                                   const std::string& oid,
                                   git_object_t type,
                                   std::size_t limit) {
  check_header(odb, oid, type, limit);
  const git_oid id = oid_of(oid);
  git_odb_object* object = nullptr;
  if (const int status = git_odb_read(&object, &odb, &id); status < 0) {
    throw_unreadable(status, oid);
  }
  return Handle<git_odb_object>(object);
}

}  // namespace

std::string_view bytes_of(git_odb_object& object) {
  return {static_cast<const char*>(git_odb_object_data(&object)), git_odb_object_size(&object)};
}

Handle<git_odb_object> read_object(git_odb& odb, const std::string& oid, ObjectKind kind) {
  return kind == ObjectKind::commit ? read_object(odb, oid, GIT_OBJECT_COMMIT, max_commit_bytes)
                                    : read_object(odb, oid, GIT_OBJECT_TREE, max_directory_bytes);
}

Handle<git_odb> open_odb(git_repository& repository) {
  git_odb* odb = nullptr;
  if (const int status = git_repository_odb(&odb, &repository); status < 0) {
    throw_last(status, "opening the object database");
  }
  return Handle<git_odb>(odb);
}

bool has_object(git_repository& repository, const std::string& oid) {
  const git_oid id = oid_of(oid);
  return git_odb_exists(open_odb(repository).get(), &id) == 1;
}

OdbObjects::OdbObjects(git_repository& repository) : odb_(open_odb(repository)) {}

std::shared_ptr<const Directory> OdbObjects::directory(const std::string& oid) const {
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = directories_.find(oid); found != directories_.end()) {
      return found->second;
    }
  }
  const auto object = read_object(*odb_, oid, GIT_OBJECT_TREE, max_directory_bytes);
  auto parsed = std::make_shared<const Directory>(parse_directory(bytes_of(*object)));
  const std::unique_lock lock(mutex_);
  entries_ += parsed->size();
  if (entries_ > most_entries) {  // whoever goes through a long history reads many, each once
    directories_.clear();
    entries_ = parsed->size();
  }
  return directories_.try_emplace(oid, std::move(parsed)).first->second;
}

std::shared_ptr<const std::string> OdbObjects::content(const std::string& oid) const {
  const auto object = read_object(*odb_, oid, GIT_OBJECT_BLOB, max_file_bytes);
  return std::make_shared<const std::string>(bytes_of(*object));
}

bool OdbObjects::has_commit(const std::string& commit) const {
  try {
    directory(root_of(commit));
    return true;
  } catch (const Error&) {
    return false;
  }
}

// A commit begins with "tree <id>\n".
std::string OdbObjects::root_of(const std::string& commit) const {
  constexpr std::string_view prefix = "tree ";
  const auto object = read_object(*odb_, commit, GIT_OBJECT_COMMIT, max_commit_bytes);
  const std::string_view text = bytes_of(*object);
  const std::string_view root = text.substr(0, prefix.size() + id_digits);
  if (!root.starts_with(prefix) || !is_full_id(root.substr(prefix.size()))) {
    throw Error(ErrorCode::repository, "commit " + commit + " is malformed: run git fsck");
  }
  return std::string(root.substr(prefix.size()));
}

}  // namespace celldrift::git
