// Walk: desired and live, node by node, collecting differences.
//
// Every node is one of three: stated by Git and live (`both`), stated but not live (`lacking`),
// live but not stated (`unstated`). The last is where auditors cry wolf: the API server's defaults,
// what it allocates and what controllers write are no drift; what a person put there is.
#pragma once

#include "celldrift/compare/compare.hpp"
#include "celldrift/kube/defaults.hpp"
#include "celldrift/kube/schema.hpp"
#include "compare/ownership.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace celldrift::compare {

// One step of the way from the root, kept on the stack; Paths are only made for what differs.
struct Crumb {
  const Crumb* parent = nullptr;
  Path::Step (*make)(const Crumb&) = nullptr;  // nullptr for the root
  std::string_view field = {};
  const Value* keys = nullptr;  // of an item: a map of its keys; of a member: its value
  std::optional<std::size_t> index = {};
};

// A live node: where it is, what the server would put there, who owns it.
struct LiveNode {
  const kube::Place& place;
  const Crumb& crumb;
  OwnedNode owned;
};

class Walk {
 public:
  Walk(std::string_view application, const Context& context)
      : application_(application), context_(context) {}

  std::vector<Difference> run(const Value& desired, const Value& live, const OwnedNode& owned);

 private:
  void both(const Value& want, const LiveNode& live, const kube::Field* field);
  void fields(const Value& want, const LiveNode& live);
  void stated_field(const Value::Entry& want, const LiveNode& live);
  void unstated_field(const Value::Entry& have, const LiveNode& live);

  void list(const Value& want, const LiveNode& live);
  void atomic_list(const Value& want, const LiveNode& live);
  bool same_items(const Value& want, const LiveNode& live, std::span<const Value> have);
  bool list_of_unknown_type(const Value& want, const LiveNode& live);  // false: it is atomic
  bool keyed_list(const Value& want,
                  const LiveNode& live);  // false when items cannot be told apart
  void set_list(const Value& want, const LiveNode& live);

  void unstated(const LiveNode& live, const kube::Default& expected);
  void unstated_items(const LiveNode& live);
  void unstated_children(const LiveNode& live);
  void unstated_whole(const LiveNode& live);

  void lacking(const Value& want,
               const kube::Type& type,
               const kube::Place* parent,
               const Crumb& crumb);
  void lacking_item(const Value& item, const kube::Place& list, const Crumb& crumb);

  void report(Change change,
              const Crumb& crumb,
              const Value* want,
              const Value* have,
              std::optional<Owner> owner,
              Evidence evidence = Evidence::stated);

  std::string_view application_;
  const Context& context_;
  Mark stated_;  // of the nearest node that Git states
  std::vector<Difference> found_;
};

}  // namespace celldrift::compare
