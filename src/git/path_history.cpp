#include "git/path_history.hpp"

#include <algorithm>
#include <memory>
#include <queue>

namespace celldrift::git {
namespace {

using Indices = std::vector<std::size_t>;
using SharedIndices = std::shared_ptr<const Indices>;

struct Visit {
  CommitNode* node = nullptr;
  bool is_hidden = false;
  bool is_waiting = true;  // in the queue
  bool is_change = false;
  bool is_cut_off = false;
  Indices parents;        // as visits; of those that are here
  SharedIndices nearest;  // changes at or before it, as visits
};

class HistoryWalk {
 public:
  HistoryWalk(CommitGraph& graph, const HistoryQuestion& question, const HistoryLimits& limits)
      : graph_(graph), paths_(question.paths), limits_(limits) {
    for (const std::string& id : question.without) {
      hide(enter(id));
    }
    for (const std::string& id : question.from) {
      enter(id);
    }
  }

  PathHistory run() {
    while (visible_ > 0 && !is_at_limit()) {
      const std::size_t i = queue_.top().second;
      queue_.pop();
      Visit& visit = visits_[i];
      visit.is_waiting = false;
      if (visit.is_hidden) {
        follow(i, true);
      } else {
        --visible_;
        order_.push_back(i);
        look_at(i);
      }
    }
    return result();
  }

 private:
  bool is_at_limit() const {
    return changes_ >= limits_.changes || order_.size() >= limits_.commits;
  }

  std::size_t enter(const std::string& id) {
    const auto found = by_id_.find(id);
    if (found != by_id_.end()) {
      return found->second;
    }
    CommitNode* node = graph_.find(id);
    if (node == nullptr) {
      throw Error(ErrorCode::repository, "commit " + id + " is not here");
    }
    const std::size_t i = visits_.size();
    visits_.push_back({.node = node});
    by_id_.emplace(id, i);
    // Of equal times, what was found first: children come before their parents.
    queue_.emplace(std::pair(node->time, -std::int64_t(i)), i);
    ++visible_;
    return i;
  }

  // What is found to be left out after it was looked at takes its history with it.
  void hide(std::size_t start) {
    Indices open{start};
    while (!open.empty()) {
      Visit& visit = visits_[open.back()];
      open.pop_back();
      if (visit.is_hidden) {
        continue;
      }
      visit.is_hidden = true;
      visible_ -= visit.is_waiting ? 1 : 0;
      open.insert(open.end(), visit.parents.begin(), visit.parents.end());
    }
  }

  void follow(std::size_t i, bool is_hidden) {
    CommitNode& node = *visits_[i].node;
    for (const std::string& id : node.parents) {
      if (graph_.find(id) != nullptr) {
        const std::size_t parent = enter(id);
        visits_[i].parents.push_back(parent);
        if (is_hidden) {
          hide(parent);
        }
      }
    }
  }

  void look_at(std::size_t i) {
    CommitNode& node = *visits_[i].node;
    follow(i, false);
    Visit& visit = visits_[i];
    visit.is_cut_off = visit.parents.size() < node.parents.size();
    visit.is_change = visit.is_cut_off || changes_all_parents(node);
    changes_ += visit.is_change ? 1 : 0;
    was_cut_off_ = was_cut_off_ || visit.is_cut_off;
  }

  bool changes_all_parents(CommitNode& node) {
    if (node.parents.empty()) {
      return graph_.has_any(node, paths_);
    }
    for (std::size_t parent = 0; parent < node.parents.size(); ++parent) {
      if (!graph_.touches(node, parent, paths_)) {
        return false;
      }
    }
    return true;
  }

  SharedIndices merged(const Indices& parents) const {
    static const SharedIndices none = std::make_shared<const Indices>();
    SharedIndices all = none;
    for (const std::size_t parent : parents) {
      const SharedIndices& more = visits_[parent].nearest;
      if (more == nullptr || more == all || more->empty()) {
        continue;
      }
      if (all->empty()) {
        all = more;
        continue;
      }
      Indices both;
      std::ranges::set_union(*all, *more, std::back_inserter(both));
      all = both == *all ? all : std::make_shared<const Indices>(std::move(both));
    }
    return all;
  }

  // Parents before children, whatever their times say.
  void find_nearest(std::size_t start, std::vector<SharedIndices>& before) {
    Indices open{start};
    while (!open.empty()) {
      const std::size_t i = open.back();
      Visit& visit = visits_[i];
      const bool is_ready = std::ranges::all_of(
          visit.parents, [&](std::size_t parent) { return visits_[parent].nearest != nullptr; });
      if (visit.nearest == nullptr && !is_ready) {
        std::ranges::copy_if(visit.parents, std::back_inserter(open), [&](std::size_t parent) {
          return visits_[parent].nearest == nullptr;
        });
        continue;
      }
      open.pop_back();
      if (visit.nearest == nullptr) {
        before[i] = merged(visit.parents);
        const bool counts = visit.is_change && !visit.is_hidden;
        visit.nearest = counts ? std::make_shared<const Indices>(Indices{i}) : before[i];
      }
    }
  }

  PathHistory result() {
    using End = PathHistory::End;
    PathHistory history{.end = visible_ > 0   ? End::limit
                               : was_cut_off_ ? End::cut_off
                                              : End::root,
                        .commits = order_.size()};
    std::vector<SharedIndices> before(visits_.size());
    std::vector<std::size_t> number(visits_.size());
    Indices changes;
    for (const std::size_t i : order_) {
      if (visits_[i].is_change && !visits_[i].is_hidden) {
        number[i] = changes.size();
        changes.push_back(i);
      }
    }
    for (const std::size_t i : changes) {
      find_nearest(i, before);
      const Visit& visit = visits_[i];
      PathChange& change = history.changes.emplace_back(PathChange{
          .id = visit.node->id, .time = visit.node->time, .is_cut_off = visit.is_cut_off});
      for (const std::size_t parent : visit.parents) {
        change.parents.push_back(visits_[parent].node->id);
      }
      for (const std::size_t other : *before[i]) {
        change.before.push_back(number[other]);
      }
      std::ranges::sort(change.before);
    }
    return history;
  }

  CommitGraph& graph_;
  const std::vector<std::string>& paths_;
  const HistoryLimits& limits_;
  std::vector<Visit> visits_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::priority_queue<std::pair<std::pair<std::int64_t, std::int64_t>, std::size_t>> queue_;
  std::size_t visible_ = 0;  // waiting and not hidden
  std::size_t changes_ = 0;
  bool was_cut_off_ = false;
  Indices order_;  // as they were looked at
};

}  // namespace

PathHistory history_in(CommitGraph& graph,
                       const HistoryQuestion& question,
                       const HistoryLimits& limits) {
  return HistoryWalk(graph, question, limits).run();
}

}  // namespace celldrift::git
