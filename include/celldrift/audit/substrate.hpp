// Substrate: what a cell stands on beside what Git has in it: the APIs that it serves and their
// types, storage and priority classes, admission, quotas. It decides what becomes of what Git
// states.
#pragma once

#include "celldrift/compare/compare.hpp"
#include "celldrift/core/object.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace celldrift::audit {

struct SubstrateKind {
  GroupKind kind;
  Scope scope = Scope::cluster;
};

// The kinds of which objects count. Of those in namespaces only the ones beside Git's objects do.
std::span<const SubstrateKind> substrate_kinds();
bool is_substrate(const GroupKind& kind);

// What of a live object of such a kind counts: not its marks, certificates, descriptions, and what
// only the server writes. Items of some lists become entries of maps, by their names.
Value substrate_content(const Value& live);

// Of one cell.
struct Substrate {
  struct Part {
    ObjectKey key;
    std::string api_version;
    Value content;
    bool is_gits = false;  // see `gits`
    // Of what is not Git's, where that is known: who made it, and metadata that tell who wrote
    // what.
    std::optional<compare::Owner> maker = {};
    Value written = {};
  };
  bool is_known = false;         // false: nothing can be said of the cell
  std::vector<Part> parts = {};  // sorted by key
  // Of these kinds: what the cell's Applications want, and what is told as extra.
  std::set<ObjectKey> gits = {};
  // What could not be read, in which namespace ("" for a cluster's kinds), and why.
  std::map<std::pair<GroupKind, std::string>, std::string> unread = {};
  std::set<std::string> namespaces = {};  // that Git's objects are in
  // Versions of kinds; empty where nothing is known.
  std::map<GroupKind, std::vector<std::string>> served = {};
  std::map<std::string, std::string> unread_groups = {};  // of which that is not known, and why
  std::set<GroupKind> used = {};                          // of objects that Git has, or defines
};

}  // namespace celldrift::audit
