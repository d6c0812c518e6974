// Walk: desired and live, node by node, collecting differences.
//
// Every node is one of three: stated by Git and live (`both`), stated but not live (`lacking`),
// live but not stated (`unstated`). The last is where auditors cry wolf: the API server's defaults,
// what it allocates and what controllers write are no drift; what a person put there is.
#pragma once

#include "celldrift/compare/compare.hpp"
#include "celldrift/kube/defaults.hpp"
#include "celldrift/kube/schema.hpp"
#include "compare/meaning/equal.hpp"
#include "compare/ownership/record.hpp"
#include "compare/ownership/verdict.hpp"
#include "compare/walk/crumb.hpp"
#include "compare/walk/pairs.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

// A live node: what the server would put there, and where it is.
struct LiveNode {
  const kube::Place& place;
  const Crumb& crumb;
};

class Walk {
 public:
  // All must outlive the walk. Use once.
  Walk(const Value& desired,
       const Value& live,
       std::string_view application,
       const Context& context);

  Comparison run();

 private:
  using Outcome = Decision::Outcome;

  // Stated and live.
  // The same, whatever it is and wherever: that is most of what there is, and nothing else need be
  // known of it.
  bool settled_at_sight(const Value& want, const Value& have) const {
    return want == have && !explaining();
  }
  void both(const Value& want, const LiveNode& live, const kube::Field* field);
  bool settled(const Value& want, const LiveNode& live, const kube::Field* field);
  bool filled(const LiveNode& live, const kube::Default& expected);
  bool is_of_null(const LiveNode& live, const kube::Field& field);
  void content(const Value& want, const LiveNode& live);
  void fields(const Value& want, const LiveNode& live);
  void stated_field(const Value::Entry& want, const Value* have, const LiveNode& live);
  void unstated_field(const Value::Entry& have, const LiveNode& live, const Value* expected);
  bool is_left_out(const Value* want, const LiveNode& live, std::string_view name);

  // Lists that both sides have.
  void list(const Value& want, const LiveNode& live);
  bool list_of_unknown_type(const Value& want, const LiveNode& live);  // false: it is atomic
  bool items(const Value& want, const LiveNode& live);  // false: its items cannot be told apart
  bool paired(const Value& want, const LiveNode& live, const Pairs& pairs);
  void stated_items(const Value& want, const LiveNode& live, const Pairs& pairs);
  void unstated_items_of(const LiveNode& live, const Pairs& pairs);
  void atomic_list(const Value& want, const LiveNode& live);
  bool same_items(const Value& want, const LiveNode& live, const Value::List& have);

  // Live and not stated.
  void unstated(const LiveNode& live, const kube::Default& expected);
  enum class Stated { no, as_nothing };  // as_nothing: as a null or zero that the server drops
  bool explained(const LiveNode& live, const kube::Default& expected, Stated stated = Stated::no);
  void unstated_content(const LiveNode& live, const kube::Default& expected);
  bool unstated_items(const LiveNode& live);  // false: they cannot be told apart
  void unstated_item(const kube::Place& list, const LiveNode& live);
  void unstated_structure(const LiveNode& live);
  void unstated_children(const LiveNode& live, const Value* expected);
  void unstated_leaf(const LiveNode& live);
  bool fold(std::size_t first, const LiveNode& live);
  void judge(const LiveNode& live, Verdict verdict);

  // Stated and not live.
  void lacking(const Value& want,
               const kube::Type& type,
               const kube::Place* parent,
               const Crumb& crumb);
  void lacking_item(const Value& item, const kube::Place& list, const Crumb& crumb);
  std::string why_lacking(const kube::Place* parent, const Crumb& crumb) const;

  void modified(const Value& want, const LiveNode& live);
  void report(Difference difference, const Crumb& crumb);

  // Decisions, where they are asked for: one for a node as a whole.
  bool explaining() const { return context_.explain == Explain::yes; }
  void decide(Outcome outcome,
              const Crumb& crumb,
              std::string_view why,
              const Value* want,
              const Value* have) {
    if (explaining()) {
      explain(outcome, crumb, why, want, have);
    }
  }
  void explain(Outcome outcome,
               const Crumb& crumb,
               std::string_view why,
               const Value* want,
               const Value* have);

  const Value& desired_;
  const Value& live_;
  std::string_view application_;
  const Context& context_;
  Record record_;
  Kept kept_ = Kept::as_stated;  // how the API server keeps scalars of this kind
  Mark stated_;                  // of the nearest node that Git states
  // In an atomic list or structure that Git states: it is stated as a whole, so that no controller
  // may add to it.
  bool in_atomic_ = false;
  std::size_t by_others_ = 0;  // unstated nodes so far that are somebody's by right
  Comparison found_;
};

}  // namespace celldrift::compare
