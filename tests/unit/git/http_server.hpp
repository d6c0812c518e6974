// A git server on 127.0.0.1 that lives as long as this object.
#pragma once

#include "sandbox.hpp"

#include <sys/prctl.h>

#include <signal.h>

#include <algorithm>
#include <string>
#include <vector>

namespace celldrift::git {

class HttpServer {
 public:
  // `options` are http_server.py's.
  explicit HttpServer(const fs::path& root, std::vector<std::string> options = {})
      : log_(sandbox.fresh("http") / "log") {
    const fs::path script =
        fs::path(CELLDRIFT_TESTDATA).parent_path() / "tests/unit/git/http_server.py";
    std::vector<std::string> words{"python3", script.string(), root.string(), log_.string()};
    words.insert(words.end(), options.begin(), options.end());
    start(words);
  }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }

  std::string url(const std::string& path, const std::string& user = "") const {
    return "http://" + user + "127.0.0.1:" + std::to_string(port_) + path;
  }
  // One line per request so far.
  std::string log() const {
    std::ifstream file(log_);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  // How often something was downloaded, as against asked for. One fetch takes two or three.
  std::size_t downloads() const {
    const std::string text = log();
    std::size_t count = 0;
    for (std::size_t at = text.find("POST "); at != text.npos; at = text.find("POST ", at + 1)) {
      ++count;
    }
    return count;
  }

 private:
  void start(const std::vector<std::string>& words) {
    int ends[2];
    if (pipe(ends) != 0) {
      throw std::runtime_error("no pipe");
    }
    process_ = fork();
    if (process_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);  // also when a test is killed
      std::vector<char*> arguments;
      for (const std::string& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str()));
      }
      arguments.push_back(nullptr);
      dup2(ends[1], STDOUT_FILENO);
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    close(ends[1]);
    char text[16] = {};
    const auto length = ::read(ends[0], text, sizeof text - 1);
    close(ends[0]);
    port_ = length > 0 ? std::stoi(text) : 0;
  }

  fs::path log_;
  pid_t process_ = 0;
  int port_ = 0;
};

}  // namespace celldrift::git
