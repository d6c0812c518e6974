// Rights: what autoscalers, operators and admission webhooks of one cell change although Git states
// otherwise, or without Git stating it. A right is one only where the object that gives it (an HPA,
// a webhook configuration, …) is there in that very cell and is about the object in question.
#pragma once

#include "celldrift/core/error.hpp"
#include "celldrift/core/object.hpp"
#include "celldrift/core/value.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>

namespace celldrift::compare {

struct Difference;

// The live objects of a cell that give rights, as compare sees them (compare does not know
// observe).
struct CellView {
  // All objects of a kind; empty where there are none or they were not read.
  std::function<std::vector<const Value*>(const GroupKind&)> all;
  // Why "there is none" cannot be believed; nothing when it can.
  std::function<std::optional<std::string>(const GroupKind&)> unknown;
};

// What is to be thought of a difference.
struct Ruling {
  enum class Kind {
    drift,      // nobody has a right to it
    by_right,   // `by` has
    undecided,  // it hangs on something of the cell that could not be read
  } kind = Kind::drift;
  std::string rule;    // the name of the rule in rules/rights.yaml: "hpa-replicas"
  std::string by;      // "HorizontalPodAutoscaler backend/web", "webhook inject.istio.io"
  std::string reason;  // one sentence: why it is right, or what could not be looked at
};

// The rights in one cell. Immutable, shared by threads; keeps what it needs of the view's objects.
class Rights {
 public:
  // Of a cell of which nothing is known but the object itself.
  static const Rights& none();
  // The kinds of which a cell's objects are wanted, where it serves them.
  static const std::set<GroupKind>& wanted_kinds();

  explicit Rights(const CellView& view);

  // Whether what differs may differ. Called for differences only, so it may take its time.
  Ruling rule_on(const ObjectKey& key,
                 const Value& desired,
                 const Value& live,
                 const Difference& difference) const;

 private:
  struct Facts;
  std::shared_ptr<const Facts> facts_;
};

}  // namespace celldrift::compare
