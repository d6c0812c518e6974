// The facts of all Applications, told once for those that have them alike.
#include "audit/skew/alike.hpp"
#include "audit/skew/facts.hpp"
#include "celldrift/core/parallel.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <tuple>

namespace celldrift::audit {
namespace {

// What is not told of one object has no namespace to tell it apart by.
bool is_of_object(const Fact& fact) {
  return fact.subject.fact != FactKind::chart && fact.subject.fact != FactKind::revision;
}

auto name_of(const Fact* fact) {
  return std::tie(fact->subject.kind, fact->subject.object);
}

bool are_one_object(std::span<Fact* const> facts) {
  return std::ranges::all_of(facts, [&](const Fact* fact) {
    return fact->object.ns == facts.front()->object.ns &&
           fact->object.name == facts.front()->object.name;
  });
}

// True when a cell has several objects of the one name that all these facts are of.
bool is_ambiguous(std::span<Fact* const> facts) {
  if (are_one_object(facts)) {
    return false;
  }
  std::map<std::string_view, const ObjectRef*> in_cells;
  return std::ranges::any_of(facts, [&](const Fact* fact) {
    return std::ranges::any_of(*fact->bearers, [&](const Bearer& bearer) {
      const ObjectRef& first = *in_cells.emplace(bearer.cell, &fact->object).first->second;
      return fact->object.ns != first.ns || fact->object.name != first.name;
    });
  });
}

// A cell may have objects of one name in several namespaces: then the namespace tells them apart,
// in every cell. The facts are of one component.
void qualify_ambiguous(std::vector<Fact>& facts) {
  std::vector<Fact*> by_name;
  for (Fact& fact : facts) {
    if (is_of_object(fact)) {
      by_name.push_back(&fact);
    }
  }
  std::ranges::stable_sort(by_name, {}, name_of);
  for (auto first = by_name.begin(); first != by_name.end();) {
    const auto last = std::find_if(
        first, by_name.end(), [&](const Fact* fact) { return name_of(fact) != name_of(*first); });
    const std::span<Fact* const> of_name(first, last);
    if (is_ambiguous(of_name)) {
      for (Fact* fact : of_name) {
        fact->subject.object =
            abstracted(
                fact->object.ns, fact->bearers->front().application, fact->subject.component) +
            "/" + fact->subject.object;
      }
    }
    first = last;
  }
}

Bearers bearers_of(const Applications& applications) {
  std::vector<Bearer> bearers;
  for (const ComparedApplication* each : applications) {
    bearers.push_back({.cell = each->cell, .application = each->application});
  }
  return std::make_shared<const std::vector<Bearer>>(std::move(bearers));
}

// Facts of Applications that are alike.
void add_facts(const Applications& applications, std::vector<Fact>& facts) {
  const std::size_t before = facts.size();
  add_object_facts(*applications.front(), facts);
  add_revision_facts(*applications.front(), facts);
  const Bearers bearers = bearers_of(applications);
  for (std::size_t i = before; i < facts.size(); ++i) {
    facts[i].bearers = bearers;
  }
}

std::vector<Fact> facts_of(const OfComponent& component) {
  std::vector<Fact> facts;
  for (const Applications& applications : alike(component)) {
    add_facts(applications, facts);
  }
  qualify_ambiguous(facts);
  return facts;
}

}  // namespace

std::vector<Fact> version_facts(const std::vector<ComparedApplication>& applications) {
  const std::vector<OfComponent> components = by_component(applications);
  std::vector<std::vector<Fact>> of_each(components.size());
  for_each_index(
      components.size(), 0, [&](std::size_t i) { of_each[i] = facts_of(components[i]); });
  std::vector<Fact> facts;
  for (std::vector<Fact>& some : of_each) {
    std::ranges::move(some, std::back_inserter(facts));
  }
  return facts;
}

}  // namespace celldrift::audit
