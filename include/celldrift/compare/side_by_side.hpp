// Live against live: where the same object of several cells parts, whatever Git says of it.
#pragma once

#include "celldrift/compare/compare.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::compare {

// What an object of one cell is compared by, kept beyond the reading of the cell. Cheap to copy.
struct CellTypes {
  kube::Schema schema = kube::Schema::builtin();
  Managers managers = Managers::builtin();
  ArgoSettings settings = ArgoSettings::defaults();

  Context context(Explain explain) const {
    return {.schema = schema, .managers = managers, .settings = settings, .explain = explain};
  }
};

// The object in one cell. Both must outlive what is made of them.
struct Side {
  const Value& live;
  const Value& desired;  // as Git states it there; null where Git has no such object
};

// What sides have at one place: nullptr for nothing.
struct SideNode {
  const Value* live = nullptr;
  const Value* desired = nullptr;
};

// A place at which not all sides have the same. As deep as it can be; where one side has a
// structure and another has nothing, at the structure's top.
struct Parting {
  Path path;                         // as the first side that has something there sees it
  std::string text;                  // of the path, made abstract
  std::vector<SideNode> at;          // by side
  std::vector<const Value*> around;  // by side: what Git states of the structure that it is in
  // The API server, or a controller of Kubernetes' own, chooses the value by itself.
  bool is_allocated = false;
};

// A text of one side as all sides would have it: with what is the cell's own taken out.
using Abstract = std::function<std::string(std::size_t side, std::string_view text)>;

// Every place at which sides part. What only the server writes, marks of the GitOps tool, and what
// differs in nothing but its abstract text or its notation are none; lists are matched by keys, as
// `schema` says, else taken whole. O(size of all sides) where they differ.
std::vector<Parting> partings(std::span<const Side> sides,
                              const kube::Schema& schema,
                              std::string_view instance_label,
                              const Abstract& abstract);

// A value with all its texts, and keys, made abstract.
Value abstracted(const Value& value, const std::function<std::string(std::string_view)>& abstract);

// A live object without what tells two of equal content apart: status, and the server's metadata.
// A quick look: partings() leaves out more.
Value without_own(const Value& live);

}  // namespace celldrift::compare
