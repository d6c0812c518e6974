// What all of this room needs of libgit2: its start, handles that free themselves, its errors as
// ours. libgit2's own header stays out of here, so that only .cpp files include it.
#pragma once

#include "celldrift/core/error.hpp"

#include <memory>
#include <string>
#include <string_view>

struct git_blob;
struct git_commit;
struct git_diff;
struct git_index;
struct git_object;
struct git_odb;
struct git_odb_object;
struct git_oid;
struct git_reference;
struct git_remote;
struct git_repository;
struct git_tree;
struct git_tree_entry;

namespace celldrift::git {

struct FreeHandle {
  void operator()(git_blob* handle) const;
  void operator()(git_commit* handle) const;
  void operator()(git_diff* handle) const;
  void operator()(git_index* handle) const;
  void operator()(git_object* handle) const;
  void operator()(git_odb* handle) const;
  void operator()(git_odb_object* handle) const;
  void operator()(git_reference* handle) const;
  void operator()(git_remote* handle) const;
  void operator()(git_repository* handle) const;
  void operator()(git_tree* handle) const;
  void operator()(git_tree_entry* handle) const;
};

template <class T>
using Handle = std::unique_ptr<T, FreeHandle>;

// Starts libgit2 and sets its options, once per process. Every way into the module begins with it.
void start_library();

// What libgit2 last failed with on this thread: "<doing>: <its message>".
Error last_error(int status, const std::string& doing, ErrorCode otherwise = ErrorCode::repository);
[[noreturn]] void throw_last(int status,
                             const std::string& doing,
                             ErrorCode otherwise = ErrorCode::repository);

// "…" around a name that comes from a repository or a user, shortened when it is very long.
std::string in_quotes(std::string_view name);

// Object ids travel as 40 hex digits.
inline constexpr std::size_t id_digits = 40;
bool is_hex(std::string_view text);
bool is_full_id(std::string_view text);
std::string hex_of(const git_oid& oid);
git_oid oid_of(std::string_view hex);

// The id that git would give to a file (or link target) and to a directory with these bytes.
std::string blob_id(std::string_view content);
std::string tree_id(std::string_view raw);

}  // namespace celldrift::git
