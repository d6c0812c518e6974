// Admission: the mutating webhooks and admission policies of a cell, and which of them are called
// for an object.
#pragma once

#include "celldrift/compare/rights.hpp"
#include "compare/rights/admission_match.hpp"

#include <map>
#include <string>
#include <vector>

namespace celldrift::compare {

// What may have changed an object as it was written.
struct Called {
  struct By {
    std::string rule;    // "mutating-webhook", "mutating-admission-policy"
    std::string name;    // "webhook inject.example.com"
    std::string config;  // of a webhook: its configuration's name
  };
  std::vector<By> by;  // sorted by name
  // Why there may be others; nothing when there are none.
  std::optional<std::string> unknown;
};

class Admission {
 public:
  explicit Admission(const CellView& view);

  static std::set<GroupKind> kinds();

  Called called_for(const ObjectKey& key, const Value& desired, const Value& live) const;
  // What is known of a namespace's labels.
  Labels namespace_labels(std::string_view ns) const;

 private:
  struct Caller {
    Called::By by;
    std::string_view rules_key;
    std::vector<Value> parts;  // all must be about the object
  };

  void add_webhooks(const CellView& view);
  void add_policies(const CellView& view);
  void note_unread(const CellView& view);

  std::vector<Caller> callers_;
  std::map<std::string, Value, std::less<>> namespaces_;  // name -> labels
  std::optional<std::string> unread_;                     // why there may be other callers
  std::optional<std::string> namespaces_unread_;
};

}  // namespace celldrift::compare
