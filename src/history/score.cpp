#include "celldrift/history/score.hpp"

#include <algorithm>
#include <tuple>

namespace celldrift::history {
namespace {

using compare::Change;
using compare::Difference;
using compare::ManagerClass;
using compare::ObjectResult;
using compare::Owner;
using compare::Status;

// What a difference weighs, by whose the live value is.
constexpr std::size_t by_hand = 1;
constexpr std::size_t by_nobody = 3;
constexpr std::size_t left_over = 6;  // the GitOps tool's, and the commit says nothing of it
constexpr std::size_t by_gitops = 20;
constexpr std::size_t of_missing = 4;

bool is_by_hand(const std::optional<Owner>& owner) {
  return owner && compare::is_hand(owner->kind);
}

bool is_by_gitops(const std::optional<Owner>& owner) {
  return owner && owner->kind == ManagerClass::gitops;
}

std::string name_of(const ObjectResult& result) {
  return result.key.kind + " " + (result.key.ns.empty() ? "" : result.key.ns + "/") +
         result.key.name;
}

void add_difference(const ObjectResult& result, const Difference& difference, Score& score) {
  const std::string path = difference.path.text();
  score.edits.push_back(name_of(result) + (path.empty() ? "" : " " + path));
  if (is_by_hand(difference.owner)) {
    score.weight += by_hand;
  } else if (!is_by_gitops(difference.owner)) {
    score.weight += by_nobody;
    // Nobody owns what is gone, so that there is never a record of who took it away.
    score.unattributed += difference.change == Change::removed ? 0 : 1;
  } else if (difference.change == Change::added) {
    score.weight += left_over;
  } else {
    score.weight += by_gitops;
    ++score.contradictions;
    if (score.first_contradiction.empty()) {
      score.first_contradiction =
          score.edits.back() + ", which " + difference.owner->manager + " wrote";
    }
  }
}

Score of_extra(const ObjectResult& result) {
  return {.weight = is_by_hand(result.owner)     ? by_hand
                    : is_by_gitops(result.owner) ? left_over
                                                 : of_missing,
          .edits = {name_of(result) + " (not in the commit)"}};
}

}  // namespace

Score& Score::operator+=(const Score& more) {
  weight += more.weight;
  objects += more.objects;
  live += more.live;
  missing += more.missing;
  unknown += more.unknown;
  contradictions += more.contradictions;
  unattributed += more.unattributed;
  edits.insert(edits.end(), more.edits.begin(), more.edits.end());
  if (first_contradiction.empty()) {
    first_contradiction = more.first_contradiction;
  }
  return *this;
}

bool Score::is_closer_than(const Score& other) const {
  return std::tie(weight, unknown) < std::tie(other.weight, other.unknown);
}

Score score_of(const ObjectResult& result) {
  switch (result.status) {
    case Status::extra:
      return of_extra(result);
    case Status::unknown:
      return {.unknown = 1};
    case Status::missing:
      return {.weight = of_missing,
              .objects = 1,
              .missing = 1,
              .edits = {name_of(result) + " (missing)"}};
    case Status::equal:
    case Status::drifted:
      break;
  }
  Score score{.objects = 1, .live = 1};
  for (const Difference& difference : result.differences) {
    add_difference(result, difference, score);
  }
  return score;
}

}  // namespace celldrift::history
