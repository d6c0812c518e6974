// Line: the versions that an Application had in one line of history.
#pragma once

#include "celldrift/git/repository.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace celldrift::history {

// A commit that made another version of what the Application is rendered from.
struct Version {
  std::string commit;
  std::int64_t time = 0;            // of the committer
  std::string inputs;               // equal texts, equal inputs
  std::vector<std::size_t> before;  // the versions that this one was made from, by index
  bool is_cut_off = false;          // whether it, or one before it, made it is not known
};

// What a commit says that the Application is rendered from, in one text; "" where it is not there.
using InputsAt = std::function<std::string(const std::string& commit)>;

class Line {
 public:
  // What of `history` changed the inputs.
  Line(const git::PathHistory& history, const InputsAt& inputs);

  const std::vector<Version>& versions() const { return versions_; }  // newest first
  git::PathHistory::End end() const { return end_; }

  struct Distance {
    std::size_t commits = 0;   // that changed the inputs, and are not in the version's own history
    std::int64_t seconds = 0;  // from it to the newest of them
  };
  Distance behind(std::size_t version) const;

 private:
  std::vector<Version> versions_;
  git::PathHistory::End end_;
};

}  // namespace celldrift::history
