// A second opinion on an object: what the API server says in a dry run of applying it, against what
// comparing it said.
#pragma once

#include "celldrift/compare/compare.hpp"

#include <optional>
#include <string>
#include <vector>

namespace celldrift::compare {

struct ObjectResult;

struct Disagreement {
  enum class Kind {
    would_change,  // comparing found nothing there, but applying would change it
    would_stay,    // comparing found a difference, but applying would not change it
    refused,       // the server would not have the object at all
  } kind = Kind::refused;
  Path path;                  // that Git states; empty for refused
  std::optional<Value> want;  // what would be live after an apply
  std::optional<Value> have;  // what is live
  Mark mark;                  // the line of Git
  std::string said;           // by the server, of refused
};

// Where the two part. `applied` is the object as a dry run gave it, without Secret values. Only
// paths that Git states count: what else an apply does is none of Git's saying. Differences that
// somebody has the right to, or that a rule hides, are differences all the same.
//
// Independent of how objects are compared: live and `applied` come from one server, which writes
// equal things alike. Lists are matched by their keys.
std::vector<Disagreement> second_opinion(const ObjectResult& compared,
                                         const Value& applied,
                                         const kube::Schema& schema);

}  // namespace celldrift::compare
