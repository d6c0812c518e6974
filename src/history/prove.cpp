#include "celldrift/history/prove.hpp"

#include "celldrift/core/short_commit.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace celldrift::history {
namespace {

using End = git::PathHistory::End;
using Match = Proof::Match;

constexpr int most_rounds = 8;  // of names that a directory had before

// A version, and how far the cell is from it.
struct Found {
  std::string commit;
  std::optional<std::size_t> version;  // in its line; nothing for the wanted commit itself
  Score score;
};

class Search {
 public:
  Search(const Question& question, Candidates& candidates)
      : question_(question), candidates_(candidates) {}

  Proof run() {
    const Line line = line_of({.from = {question_.wanted}});
    const std::string wanted = inputs(question_.wanted);
    std::optional<Found> best = look_at(question_.wanted, wanted, current(line, wanted));
    best = closest(line, std::move(best));
    if (best && best->score.is_exact()) {
      return exact(*best, line);
    }
    if (auto other = elsewhere(best)) {
      return *std::move(other);
    }
    return nearest(best, line);
  }

 private:
  const std::string& inputs(const std::string& commit) {
    auto found = inputs_.find(commit);
    if (found == inputs_.end()) {
      found = inputs_.emplace(commit, candidates_.inputs(commit)).first;
    }
    return found->second;
  }

  // Inputs may name paths that were not looked at yet: then all is looked at once more.
  Line line_of(git::HistoryQuestion where) {
    const git::HistoryLimits limits{.changes = question_.commits, .commits = question_.all};
    for (int round = 0;; ++round) {
      where.paths = candidates_.paths();
      const Line line(question_.repository.history(where, limits),
                      [&](const std::string& commit) { return inputs(commit); });
      if (candidates_.paths() == where.paths || round == most_rounds) {
        return line;
      }
    }
  }

  // The version that made what is wanted now.
  static std::optional<std::size_t> current(const Line& line, const std::string& wanted) {
    const auto& versions = line.versions();
    const auto found = std::ranges::find(versions, wanted, &Version::inputs);
    return found == versions.end() ? std::nullopt
                                   : std::optional(std::size_t(found - versions.begin()));
  }

  std::optional<Found> look_at(const std::string& commit,
                               const std::string& own,
                               std::optional<std::size_t> version) {
    if (own.empty() || !seen_.insert(own).second) {
      return std::nullopt;
    }
    std::optional<Score> score = candidates_.score(commit);
    return score ? std::optional(Found{commit, version, *std::move(score)}) : std::nullopt;
  }

  // The closest of the line's versions, of equally close ones the newest; `best` is newer.
  std::optional<Found> closest(const Line& line, std::optional<Found> best) {
    const auto& versions = line.versions();
    for (std::size_t i = 0; i < versions.size(); ++i) {
      if (best && best->score.is_exact()) {
        break;
      }
      auto found = look_at(versions[i].commit, versions[i].inputs, i);
      if (found && (!best || found->score.is_closer_than(best->score))) {
        best = std::move(found);
      }
    }
    return best;
  }

  static Proof proof(Match match, const Found& found, const Line& line) {
    Proof proof{.match = match, .commit = found.commit, .score = found.score};
    if (found.version) {
      proof.commit = line.versions()[*found.version].commit;
    }
    return proof;
  }

  Proof exact(const Found& found, const Line& line) const {
    Proof result = proof(Match::exact, found, line);
    result.behind = distance(found, line);
    if (found.version && line.versions()[*found.version].is_cut_off) {
      result.reason = "the history here is cut off at it (a shallow clone)";
    }
    return result;
  }

  // What has the inputs that are wanted is not behind, whatever other branches did.
  Line::Distance distance(const Found& found, const Line& line) const {
    return found.version && found.commit != question_.wanted ? line.behind(*found.version)
                                                             : Line::Distance{};
  }

  // Commits that the wanted one does not have in its history.
  std::optional<Proof> elsewhere(const std::optional<Found>& best) {
    git::HistoryQuestion where{.from = {}, .without = {question_.wanted}};
    for (const git::NamedCommit& tip : question_.repository.tips()) {
      where.from.push_back(tip.commit);
    }
    const Line line = line_of(where);
    const std::optional<Found> found = closest(line, std::nullopt);
    if (!found || !found->version || !is_better_elsewhere(found->score, best)) {
      return std::nullopt;
    }
    Proof result = proof(found->score.is_exact() ? Match::ahead : Match::edited, *found, line);
    result.reason = "it is not in the history of " + short_commit(question_.wanted);
    return result;
  }

  // A commit that nobody wanted in the cell needs better reasons than one that was wanted.
  static bool is_better_elsewhere(const Score& score, const std::optional<Found>& best) {
    if (score.is_exact()) {
      return true;
    }
    return refusal(score, End::root).empty() && best && best->score.contradictions > 0 &&
           score.weight * 2 < best->score.weight;
  }

  Proof nearest(const std::optional<Found>& best, const Line& line) const {
    const std::string looked = "none of " + std::to_string(seen_.size()) + " versions fits";
    const std::string more = line.end() == End::cut_off
                                 ? "; the history here is cut off (a shallow clone)"
                             : line.end() == End::limit ? "; --history lets older ones be looked at"
                                                        : "";
    if (!best) {
      return {.reason = "it cannot be rendered at any of " + std::to_string(seen_.size()) +
                        " versions" + more};
    }
    if (const std::string why = refusal(best->score, line.end()); !why.empty()) {
      return {.score = best->score, .reason = looked + ": " + why + more};
    }
    Proof result = proof(Match::edited, *best, line);
    result.behind = distance(*best, line);
    return result;
  }

  // Why a version that is not exact is not what the cell runs, with a few edits; "" when it is.
  static std::string refusal(const Score& score, End end) {
    if (score.live == 0 || score.missing * 2 > score.objects) {
      return "most of the objects are not there";
    }
    if (score.contradictions > 0) {
      return "the nearest differs in " + score.first_contradiction;
    }
    return score.unattributed > 0 && end != End::root
               ? "nobody knows who made what differs from the nearest"
               : "";
  }

  const Question& question_;
  Candidates& candidates_;
  std::map<std::string, std::string> inputs_;  // by commit
  std::set<std::string> seen_;                 // inputs
};

}  // namespace

Proof prove(const Question& question, Candidates& candidates) {
  Proof proof = Search(question, candidates).run();
  auto& edits = proof.score.edits;
  std::ranges::sort(edits);
  edits.erase(std::ranges::unique(edits).begin(), edits.end());
  return proof;
}

}  // namespace celldrift::history
