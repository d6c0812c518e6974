#include "git/cache.hpp"

#include "celldrift/core/environment.hpp"

#include <git2.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>

namespace celldrift::git {

namespace fs = std::filesystem;

namespace {

// Each fetch adds a pack, and every look-up may go through all of them.
constexpr std::size_t max_packs = 64;

[[noreturn]] void throw_io(const std::string& doing, const std::error_code& error) {
  throw Error(
      ErrorCode::io,
      doing + ": " + error.message() + "; set XDG_CACHE_HOME to a directory that can be written");
}

fs::path default_cache() {
  if (const std::string cache = environment("XDG_CACHE_HOME"); cache.starts_with('/')) {
    return fs::path(cache) / "celldrift";
  }
  if (const std::string home = environment("HOME"); home.starts_with('/')) {
    return fs::path(home) / ".cache" / "celldrift";
  }
  throw Error(ErrorCode::config,
              "there is no place for fetched repositories: set XDG_CACHE_HOME or HOME");
}

// Letters for people who look into the cache, and a hash that tells all addresses apart. The path
// keeps its case: servers may have two repositories that differ in nothing else.
std::string folder_name(const Url& url) {
  const std::string address = write_url(url);
  std::string readable = url.host + "-" + url.path;
  std::ranges::replace_if(
      readable,
      [](char c) { return !std::isalnum(static_cast<unsigned char>(c)) && c != '.'; },
      '-');
  return readable.substr(0, 60) + "-" + blob_id(address).substr(0, 20);
}

void make_private(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) {
    fs::permissions(folder, fs::perms::owner_all, error);
  }
  if (error) {
    throw_io("creating the cache folder " + folder.string(), error);
  }
}

File open_lock(const fs::path& path) {
  File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) {
    throw_io("opening the lock " + path.string(), {errno, std::generic_category()});
  }
  return file;
}

// False when another process holds it.
bool try_lock(const File& file, int kind) {
  while (flock(file.number(), kind | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return false;
    }
    if (errno != EINTR) {
      throw_io("locking the cache folder", {errno, std::generic_category()});
    }
  }
  return true;
}

bool has_suffix_of_leftover(const std::string& name) {
  return name.ends_with(".lock") || name.find("_git2_") != name.npos;
}

// Files that libgit2 was writing when its process was killed. Its lock files would block us for
// good.
void remove_leftovers(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (has_suffix_of_leftover(entry.path().filename().string())) {
      fs::remove(entry.path(), error);
    }
  }
}

std::size_t count_packs(const fs::path& repository) {
  std::error_code error;
  fs::directory_iterator files(repository / "objects" / "pack", error);
  if (error) {
    return 0;
  }
  return static_cast<std::size_t>(std::count_if(begin(files), end(files), [](const auto& entry) {
    return entry.path().extension() == ".pack";
  }));
}

Handle<git_repository> open_bare(const fs::path& path) {
  git_repository* repository = nullptr;
  if (git_repository_open_bare(&repository, path.c_str()) < 0) {
    return nullptr;
  }
  return Handle<git_repository>(repository);
}

}  // namespace

CacheFolder::CacheFolder(fs::path cache, const Url& url) {
  const fs::path root = cache.empty() ? default_cache() : std::move(cache);
  folder_ = root / folder_name(url);
  make_private(folder_);
}

fs::path CacheFolder::repository_path(int depth) const {
  return folder_ / ("depth-" + std::to_string(depth) + ".git");
}

File CacheFolder::lock_for_writing(const Deadline& deadline) const {
  File file = open_lock(folder_ / "fetch.lock");
  auto pause = std::chrono::milliseconds(5);
  while (!try_lock(file, LOCK_EX)) {
    if (deadline.is_over()) {
      throw Error(ErrorCode::io,
                  "another process is still fetching into " + folder_.string() +
                      ": wait for it, or raise --timeout");
    }
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(100));
  }
  return file;
}

File CacheFolder::lock_for_reading() const {
  File file = open_lock(folder_ / "use.lock");
  while (!try_lock(file, LOCK_SH)) {  // held exclusively for the moment of a rename only
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return file;
}

Handle<git_repository> CacheFolder::open(int depth) const {
  return open_bare(repository_path(depth));
}

Handle<git_repository> CacheFolder::open_or_create(int depth) const {
  const fs::path path = repository_path(depth);
  for (const fs::path& folder : {path, path / "objects" / "pack", path / "refs" / "celldrift"}) {
    remove_leftovers(folder);
  }
  auto repository = open_bare(path);
  if (repository && count_packs(path) <= max_packs) {
    return repository;
  }
  if (fs::exists(path) && !remove(depth) && repository) {
    return repository;  // too many packs are slow, not wrong
  }
  repository.reset();
  create(depth);
  repository = open_bare(path);
  if (!repository) {
    throw_last(
        -1, "opening the cache " + path.string() + " (remove it to begin anew)", ErrorCode::io);
  }
  return repository;
}

// Renamed before it is deleted, so that nobody ever opens a half of it.
bool CacheFolder::remove(int depth) const {
  const fs::path old = folder_ / "old";
  std::error_code error;
  fs::remove_all(old, error);
  {
    const File lock = open_lock(folder_ / "use.lock");
    if (!try_lock(lock, LOCK_EX)) {
      return false;
    }
    fs::rename(repository_path(depth), old, error);
  }
  fs::remove_all(old, error);
  return true;
}

// Made aside and renamed: it is there as a whole or not at all.
void CacheFolder::create(int depth) const {
  const fs::path path = repository_path(depth);
  if (fs::exists(path)) {
    return;
  }
  const fs::path fresh = folder_ / "new";
  std::error_code error;
  fs::remove_all(fresh, error);
  git_repository* repository = nullptr;
  if (const int status = git_repository_init(&repository, fresh.c_str(), 1); status < 0) {
    throw_last(status, "creating the cache " + path.string(), ErrorCode::io);
  }
  Handle<git_repository>(repository).reset();
  fs::rename(fresh, path, error);
  if (error) {
    throw_io("creating the cache " + path.string(), error);
  }
}

}  // namespace celldrift::git
