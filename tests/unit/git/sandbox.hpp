// A home of its own for the tests of this folder, and repositories made by the real git.
#pragma once

#include <sys/wait.h>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace celldrift::git {

namespace fs = std::filesystem;

// Made before anything starts libgit2, which looks for the user's configuration once.
class Sandbox {
 public:
  Sandbox() {
    std::string name = (fs::temp_directory_path() / "celldrift-git-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw std::runtime_error("no temporary folder");
    }
    root_ = name;
    fs::create_directories(root_ / "home");
    setenv("HOME", (root_ / "home").c_str(), 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    setenv("GIT_AUTHOR_NAME", "Ada", 1);
    setenv("GIT_AUTHOR_EMAIL", "ada@example.com", 1);
    setenv("GIT_COMMITTER_NAME", "Ada", 1);
    setenv("GIT_COMMITTER_EMAIL", "ada@example.com", 1);
    setenv("GIT_AUTHOR_DATE", "1700000000 +0000", 1);
    setenv("GIT_COMMITTER_DATE", "1700000000 +0000", 1);
    for (const char* name_of_other : {"XDG_CACHE_HOME",
                                      "XDG_CONFIG_HOME",
                                      "SSH_AUTH_SOCK",
                                      "CELLDRIFT_GIT_TOKEN",
                                      "CELLDRIFT_GIT_USERNAME",
                                      "CELLDRIFT_SSH_KEY",
                                      "GIT_DIR",
                                      "GIT_WORK_TREE",
                                      "http_proxy",
                                      "https_proxy",
                                      "HTTP_PROXY",
                                      "HTTPS_PROXY",
                                      "ALL_PROXY"}) {
      unsetenv(name_of_other);
    }
  }
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;
  ~Sandbox() {
    std::error_code error;
    if (owner_ == getpid()) {
      fs::remove_all(root_, error);
    }
  }

  // A folder that no other call gets.
  fs::path fresh(const std::string& name) {
    fs::path path = root_ / (name + "-" + std::to_string(++count_));
    fs::create_directories(path);
    return path;
  }
  fs::path home() const { return root_ / "home"; }

 private:
  fs::path root_;
  int count_ = 0;
  pid_t owner_ = getpid();
};

inline Sandbox sandbox;

inline void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// What a command writes, without the last line end. It must succeed.
inline std::string run(const std::string& command) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::string text;
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) {
    text += static_cast<char>(c);
  }
  if (pclose(pipe) != 0) {
    throw std::runtime_error(command + ": " + text);
  }
  while (text.ends_with('\n')) {
    text.pop_back();
  }
  return text;
}

// A work tree with a branch "main".
class Repo {
 public:
  explicit Repo(const std::string& name = "repo") : path_(sandbox.fresh(name)) {
    git("init -q -b main .");
  }

  std::string git(const std::string& arguments) const {
    return run("git -C '" + path_.string() + "' -c protocol.file.allow=always " + arguments);
  }
  void write(const std::string& path, const std::string& text) const {
    git::write(path_ / path, text);
  }
  // All files as they are; its id.
  std::string commit(const std::string& message) const {
    git("add -A");
    git("commit -q --allow-empty -m '" + message + "'");
    return git("rev-parse HEAD");
  }
  const fs::path& path() const { return path_; }
  std::string url() const { return "file://" + path_.string(); }

 private:
  fs::path path_;
};

// What an action throws, in words; "" when it throws nothing.
template <class Action>
std::string failure_of(const Action& action) {
  try {
    action();
    return "";
  } catch (const std::exception& error) {
    return error.what();
  }
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

// Everything in a folder, name and content, as one text.
inline std::string contents_of(const fs::path& folder) {
  return run("cd '" + folder.string() +
             "' && find . -type f | LC_ALL=C sort | xargs -d '\\n' sha256sum && find . | sort");
}

}  // namespace celldrift::git
