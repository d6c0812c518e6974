// The way from the root to a path, through symbolic links, never out of the repository.
#pragma once

#include "git/objects.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::git {

std::optional<Entry> entry_named(const Directory& directory, std::string_view name);

class Walk {
 public:
  // `objects` must outlive the walk.
  Walk(const Objects& objects, Entry root);

  // What is at a normalised path; nothing when nothing is there. Use once.
  std::optional<Entry> to(std::string_view path);
  bool followed_link() const { return !links_.empty(); }

 private:
  struct Link {
    std::string path;
    std::string target;
  };
  struct Step {
    std::string name;
    std::optional<std::size_t>
        link;  // in links_: whose target asks for it; none: the caller's path
  };

  std::optional<Entry> take(const Step& step);
  std::optional<Entry> entry_here(const Step& step) const;
  void go_up(const Step& step);
  void follow(const Entry& link);
  void push_steps(std::string_view path, std::optional<std::size_t> link);
  std::string place_of(std::string_view name) const;
  Error broken(const Link& link,
               std::string_view what,
               ErrorCode code = ErrorCode::repository) const;

  const Objects& objects_;
  std::vector<Entry> trail_;  // from the root to where the walk is
  std::vector<Step> steps_;   // still to take, the next one last
  std::vector<Link> links_;   // followed so far
};

}  // namespace celldrift::git
