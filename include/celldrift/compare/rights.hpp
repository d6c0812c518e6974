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
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

struct Difference;
struct RightsRow;

// The table of rights: rules/rights.yaml, and the rows that users add. Immutable, shared by
// threads.
class RightsTable {
 public:
  // rules/rights.yaml.
  static const RightsTable& builtin();
  // These rows (as in rules/rights.yaml) and the ones that are there. Error(config) with the line
  // of what is wrong.
  RightsTable with(const Value& rows) const;

  const std::vector<RightsRow>& rows() const;

 private:
  std::shared_ptr<const std::vector<RightsRow>> rows_;
};

// The live objects of a cell that give rights, as compare sees them (compare does not know
// observe).
struct CellView {
  // All objects of a kind; empty where there are none or they were not read.
  std::function<std::vector<const Value*>(const GroupKind&)> all = {};
  // Why "there is none in that namespace" ("": anywhere, of a cluster's kind) cannot be believed;
  // nothing when it can.
  std::function<std::optional<std::string>(const GroupKind&, std::string_view ns)> unknown = {};
};

// What is to be thought of a difference.
struct Ruling {
  enum class Kind {
    drift,      // nobody has a right to it
    by_right,   // `by` has
    undecided,  // it hangs on something of the cell that could not be read
  } kind = Kind::drift;
  std::string rule;  // the name of the rule in rules/rights.yaml: "hpa-replicas"
  std::string by;    // "HorizontalPodAutoscaler backend/web", "webhook inject.istio.io"
  // One sentence: why it is right, or what could not be looked at; of drift what else is to be
  // said, "" mostly.
  std::string reason;
};

// The rights in one cell. Immutable, shared by threads; keeps what it needs of the view's objects.
class Rights {
 public:
  // Of a cell of which nothing is known but the object itself.
  static const Rights& none();
  // The kinds of which a cell's objects are wanted, where it serves them, when objects of the kinds
  // `compared` are.
  static std::set<GroupKind> wanted_kinds(const std::set<GroupKind>& compared,
                                          const RightsTable& table = RightsTable::builtin());

  // What `view.unknown` refers to must outlive the rights; objects are kept. O(objects × rows of
  // their kind).
  explicit Rights(const CellView& view, const RightsTable& table = RightsTable::builtin());

  // Whether what differs may differ. Called for differences only, so it may take its time; an
  // object's givers are found in O(log n).
  Ruling rule_on(const ObjectKey& key,
                 const Value& desired,
                 const Value& live,
                 const Difference& difference) const;

 private:
  struct Facts;
  std::shared_ptr<const Facts> facts_;
};

}  // namespace celldrift::compare
