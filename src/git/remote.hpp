// The other side of a fetch.
#pragma once

#include "celldrift/git/repository.hpp"
#include "git/credentials.hpp"
#include "git/deadline.hpp"
#include "git/library.hpp"
#include "git/url.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace celldrift::git {

// One ref that a server has.
struct Tip {
  std::string oid;     // the tag object, for an annotated tag
  std::string commit;  // what the tag leads to
};

// All the refs of a server at one moment, by full name; "HEAD" is one of them.
using Tips = std::map<std::string, Tip>;

// What Argo CD takes a revision for: "" or HEAD, a branch, a tag, a ref's full name. Null when it
// is none.
const Tips::value_type* find_tip(const Tips& tips, std::string_view revision);
// Short names of branches and tags.
std::vector<std::string> names_of(const Tips& tips);

// One connection. Errors name the URL, without secrets, and say what to do.
class Remote {
 public:
  // `repository` takes what is fetched, and must outlive this.
  Remote(git_repository& repository, const std::string& url, Deadline deadline, Token token);
  Remote(const Remote&) = delete;
  Remote& operator=(const Remote&) = delete;

  // Connects.
  Tips list();
  // After list(). A depth of 0 is all history.
  void download(const std::vector<std::string>& refspecs, int depth);
  // Whether the last failure is one that asking in another way cannot help.
  bool is_final_failure() const { return is_late_ || is_too_much_; }

 private:
  friend struct RemoteCallbacks;

  bool may_go_on();
  [[noreturn]] void fail(int status);
  Error explain(int status) const;

  Url url_;
  std::string name_;  // the URL as it may be shown
  Credentials credentials_;
  Deadline deadline_;
  Handle<git_remote> remote_;
  bool is_late_ = false;
  bool is_too_much_ = false;
};

}  // namespace celldrift::git
