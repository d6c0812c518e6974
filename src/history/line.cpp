#include "celldrift/history/line.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::history {
namespace {

using Indices = std::vector<std::size_t>;

// Whether the commit has other inputs than each of its parents.
bool is_version(const git::PathChange& change, const std::string& own, const InputsAt& inputs) {
  if (change.is_cut_off) {
    return true;  // nobody knows what was before
  }
  if (change.parents.empty()) {
    return !own.empty();
  }
  return std::ranges::none_of(change.parents,
                              [&](const std::string& parent) { return inputs(parent) == own; });
}

// The nearest versions before each change, through changes that are none.
class Nearest {
 public:
  Nearest(const std::vector<git::PathChange>& changes, const std::vector<bool>& kept)
      : changes_(changes), kept_(kept), known_(changes.size()) {}

  const Indices& before(std::size_t start) {
    Indices open{start};
    while (!open.empty()) {
      const std::size_t i = open.back();
      const std::size_t waiting = open.size();
      for (const std::size_t other : changes_[i].before) {
        if (!kept_[other] && !known_[other]) {
          open.push_back(other);
        }
      }
      if (open.size() == waiting) {
        open.pop_back();
        known_[i] = gathered(changes_[i].before);
      }
    }
    return *known_[start];
  }

 private:
  Indices gathered(const Indices& before) const {
    Indices all;
    for (const std::size_t other : before) {
      if (kept_[other]) {
        all.push_back(other);
      } else {
        all.insert(all.end(), known_[other]->begin(), known_[other]->end());
      }
    }
    std::ranges::sort(all);
    all.erase(std::ranges::unique(all).begin(), all.end());
    return all;
  }

  const std::vector<git::PathChange>& changes_;
  const std::vector<bool>& kept_;
  std::vector<std::optional<Indices>> known_;
};

}  // namespace

Line::Line(const git::PathHistory& history, const InputsAt& inputs) : end_(history.end) {
  const std::vector<git::PathChange>& changes = history.changes;
  std::vector<bool> kept(changes.size());
  Indices number(changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    std::string own = inputs(changes[i].id);
    kept[i] = is_version(changes[i], own, inputs);
    if (kept[i]) {
      number[i] = versions_.size();
      versions_.push_back({.commit = changes[i].id,
                           .time = changes[i].time,
                           .inputs = std::move(own),
                           .before = {},
                           .is_cut_off = changes[i].is_cut_off});
    }
  }
  Nearest nearest(changes, kept);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (kept[i]) {
      for (const std::size_t other : nearest.before(i)) {
        versions_[number[i]].before.push_back(number[other]);
      }
    }
  }
}

Line::Distance Line::behind(std::size_t version) const {
  std::vector<bool> is_older(versions_.size());
  Indices open{version};
  while (!open.empty()) {
    const std::size_t next = open.back();
    open.pop_back();
    if (!is_older[next]) {
      is_older[next] = true;
      open.insert(open.end(), versions_[next].before.begin(), versions_[next].before.end());
    }
  }
  Distance distance;
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    if (!is_older[i]) {
      ++distance.commits;
      distance.seconds = std::max(distance.seconds, versions_[i].time - versions_[version].time);
    }
  }
  return distance;
}

}  // namespace celldrift::history
