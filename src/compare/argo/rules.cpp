#include "compare/argo/rules.hpp"

#include "celldrift/core/glob.hpp"
#include "compare/argo/jq.hpp"
#include "compare/argo/json_pointer.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// Most patterns are plain names: those need no automaton.
bool matches(std::string_view pattern, std::string_view text) {
  if (pattern == "*") {
    return true;
  }
  const bool is_plain = pattern.find_first_of("*?[{\\") == std::string_view::npos;
  return is_plain ? pattern == text : Glob(pattern).matches(text);
}

// Argo CD looks managers of argocd-cm up by the key "group/Kind", "/Kind" for the core group: a
// wildcard, but "*/*", is never found, nor is the key "Kind" of a core kind.
bool has_managers_for(const IgnoreRule& rule, const ObjectKey& key) {
  if (!rule.is_system) {
    return true;
  }
  const bool is_all = rule.group == "*" && rule.kind == "*";
  return is_all || (!rule.group.empty() && rule.group == key.group && rule.kind == key.kind);
}

void add(std::vector<Eraser>& erasers,
         Eraser::Kind kind,
         const std::vector<std::string>& texts,
         const IgnoreRule& rule) {
  for (const std::string& text : texts) {
    erasers.push_back({kind, text, &rule});
  }
}

// Argo CD fails where what is left has no kind.
Erased still_an_object(Value left, const Value& object) {
  if (left.string_at({"kind"}).empty()) {
    return {object, "it leaves no object with a kind"};
  }
  return {std::move(left), std::nullopt};
}

Erased erase_by_jq(const Eraser& eraser, const Value& object) {
  JqAnswer answer = jq_delete(eraser.text, object);
  switch (answer.kind) {
    case JqAnswer::Kind::value:
      return still_an_object(std::move(answer.value), object);
    case JqAnswer::Kind::failed:
      return {object, std::nullopt};
    case JqAnswer::Kind::refused:
      return {object, "the expression does not compile: " + answer.why};
    case JqAnswer::Kind::stopped:
      break;
  }
  return {object, "the expression was not evaluated: " + answer.why};
}

}  // namespace

bool is_about(const IgnoreRule& rule, const ObjectKey& key) {
  return matches(rule.group, key.group) && matches(rule.kind, key.kind) &&
         (rule.ns.empty() || rule.ns == key.ns) && (rule.name.empty() || rule.name == key.name);
}

std::string describe(const Eraser& eraser) {
  static constexpr std::string_view names[] = {
      "jsonPointers", "jqPathExpressions", "managedFieldsManagers"};
  return std::string(names[std::size_t(eraser.kind)]) + " " + eraser.text;
}

std::vector<Eraser> erasers(const std::vector<IgnoreRule>& rules, const ObjectKey& key) {
  std::vector<Eraser> result;
  std::vector<Eraser> rest;
  for (const IgnoreRule& rule : rules) {
    if (!is_about(rule, key)) {
      continue;
    }
    if (has_managers_for(rule, key)) {
      add(result, Eraser::Kind::manager, rule.managers, rule);
    }
    add(rest, Eraser::Kind::pointer, rule.json_pointers, rule);
    add(rest, Eraser::Kind::jq, rule.jq_expressions, rule);
  }
  std::ranges::move(rest, std::back_inserter(result));
  return result;
}

Erased erase(const Eraser& eraser, const Value& object) {
  if (eraser.kind == Eraser::Kind::manager) {
    return {object, std::nullopt};
  }
  return eraser.kind == Eraser::Kind::pointer
             ? still_an_object(without_pointer(object, eraser.text), object)
             : erase_by_jq(eraser, object);
}

}  // namespace celldrift::compare
