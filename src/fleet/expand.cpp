#include "celldrift/fleet/expand.hpp"

#include "celldrift/core/parallel.hpp"
#include "fleet/applications/application.hpp"
#include "fleet/applications/component.hpp"
#include "fleet/generate.hpp"
#include "fleet/names.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace celldrift::fleet {
namespace {

constexpr std::size_t max_errors_shown = 5;  // of one set

std::string id_of(const Value& object) {
  return std::string(object.string_at({"metadata", "namespace"}, "argocd")) + "/" +
         std::string(object.string_at({"metadata", "name"}));
}

// The cell of a destination. Cells that share an API server are told apart by the name that the
// generator gave.
const Cell& cell_of(const Application& application,
                    std::optional<std::string_view> name,
                    const Fleet& fleet) {
  if (application.destination_name.empty() && !application.destination_server.empty() && name) {
    for (const Cell& cell : fleet.cells()) {
      if (cell.name == *name && !cell.disabled &&
          same_server(cell.server, application.destination_server)) {
        return cell;
      }
    }
  }
  try {
    return fleet.destination(application.destination_server, application.destination_name);
  } catch (Error& error) {
    throw error.add_context("application destination spec is invalid");
  }
}

void require_name(const Application& application) {
  if (!is_subdomain(application.name)) {
    throw Error(ErrorCode::config,
                "\"" + application.name +
                    "\" is not a name that Kubernetes takes: lower-case letters, digits, "
                    "\"-\" and \".\", at most 253");
  }
}

// One ApplicationSet's way through: generate, drop what Argo CD would refuse, place in cells.
class SetExpansion {
 public:
  SetExpansion(const Value& set,
               const Fleet& fleet,
               const GeneratorInputs& inputs,
               RepositoryFiles& files)
      : set_(set), fleet_(fleet), generation_(generate(set, fleet, inputs, files)) {}

  // Throws Argo CD's first error.
  std::vector<Application> all_or_error() {
    if (!generation_.errors.empty()) {
      throw named(generation_.errors.front());
    }
    place_all();
    if (!errors_.empty()) {
      throw named(errors_.front().second);
    }
    return std::move(applications_);
  }

  // What can be used of the set, with its problems among those of the expansion.
  std::vector<Application> usable(Expansion& expansion) {
    report(expansion);
    if (is_refused()) {
      return {};
    }
    place_all();
    for (const auto& [name, error] : errors_) {
      expansion.problems.push_back(problem_of(named(error), Stage::fleet, "", name));
    }
    return std::move(applications_);
  }

 private:
  Error named(Error error) const { return error.add_context(describe_set(set_)).at(set_.mark()); }

  // Argo CD touches nothing of a set with an error. What celldrift cannot do yet is no such error.
  bool is_refused() const {
    return std::ranges::any_of(generation_.errors, [](const Error& error) {
      return error.code() != ErrorCode::unsupported;
    });
  }

  void report(Expansion& expansion) const {
    for (const Error& error : generation_.unrecognized) {
      expansion.problems.push_back(problem_of(named(error), Stage::fleet));
    }
    for (std::size_t i = 0; i < std::min(max_errors_shown, generation_.errors.size()); ++i) {
      expansion.problems.push_back(problem_of(named(generation_.errors[i]), Stage::fleet));
    }
    if (generation_.errors.size() > max_errors_shown) {
      const std::size_t more = generation_.errors.size() - max_errors_shown;
      const Error error(ErrorCode::config, "and " + std::to_string(more) + " more errors");
      expansion.problems.push_back(problem_of(named(error), Stage::fleet));
    }
  }

  // All Applications of a name that occurs twice are refused, the first one too. (Argo CD keys its
  // errors by name.)
  std::set<std::string_view> repeated_names() const {
    std::unordered_set<std::string_view> seen;
    std::set<std::string_view> repeated;
    seen.reserve(generation_.applications.size());
    for (const Generated& one : generation_.applications) {
      if (!seen.insert(one.name()).second) {
        repeated.insert(one.name());
      }
    }
    return repeated;
  }

  void place_all() {
    const std::set<std::string_view> repeated = repeated_names();
    for (const std::string_view name : repeated) {
      const Error error(ErrorCode::config,
                        "contains applications with duplicate name: " + std::string(name));
      errors_.emplace_back(name, error);
    }
    for (Generated& one : generation_.applications) {
      if (repeated.empty() || !repeated.contains(one.name())) {
        candidates_.push_back({&one, one.params.text("name")});
      }
    }
    place_candidates();
    name_components(placed_, std::string(set_.string_at({"metadata", "name"})), generation_.engine);
  }

  // What becomes of one does not depend on the others; they are worked on by all cores, some at a
  // time so that neighbours in memory are one thread's.
  void place_candidates() {
    constexpr std::size_t batch = 64;
    applications_.resize(candidates_.size());
    for_each_index((candidates_.size() + batch - 1) / batch, 0, [&](std::size_t i) {
      const std::size_t end = std::min((i + 1) * batch, candidates_.size());
      for (std::size_t each = i * batch; each < end; ++each) {
        place(candidates_[each], applications_[each]);
      }
    });
    std::size_t count = 0;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      Candidate& one = candidates_[i];
      if (one.refused) {
        errors_.emplace_back(one.generated->name(), *one.refused);
        continue;
      }
      if (count != i) {
        applications_[count] = std::move(applications_[i]);
      }
      placed_.push_back({&applications_[count++], one.generated, one.cell});
    }
    applications_.resize(count);
  }

  // A generated Application, and what came of it.
  struct Candidate {
    Generated* generated;
    std::optional<std::string_view> cell_name;  // that the generator gave
    const Cell* cell = nullptr;
    std::optional<Error> refused;
  };

  void place(Candidate& candidate, Application& application) const {
    Generated& one = *candidate.generated;
    try {
      application = read_application(normalized_application(one.object));
      require_name(application);
      candidate.cell = &cell_of(application, candidate.cell_name, fleet_);
      application.cell = candidate.cell->name;
      application.mark = one.from->mark;
      application.origin = {.application_set = std::string(set_.string_at({"metadata", "name"})),
                            .generator = one.from->generator,
                            .generator_path = one.from->generator_path,
                            .generator_mark = one.from->generator_mark,
                            .parameters = std::move(one.params.origin)};
    } catch (Error& error) {
      candidate.refused = error.at(one.from->mark);
    }
  }

  const Value& set_;
  const Fleet& fleet_;
  Generation generation_;
  std::vector<Candidate> candidates_;
  std::vector<Application> applications_;
  std::vector<Placed> placed_;  // into applications_
  std::vector<std::pair<std::string, Error>> errors_;
};

// The objects whose name no other object of another content has; the others become problems. Copies
// count once.
std::vector<const Value*> unambiguous(const std::vector<Value>& objects,
                                      const std::string& kind,
                                      Expansion& expansion) {
  std::map<std::string, std::vector<const Value*>> by_id;
  for (const Value& object : objects) {
    auto& same = by_id[id_of(object)];
    if (std::ranges::none_of(same, [&](const Value* other) { return *other == object; })) {
      same.push_back(&object);
    }
  }
  std::vector<const Value*> result;
  for (const auto& [id, same] : by_id) {
    if (same.size() == 1) {
      result.push_back(same.front());
      continue;
    }
    const Error error(ErrorCode::config,
                      kind + " " + id +
                          " is declared more than once, differently: " + describe(same[0]->mark()) +
                          " and " + describe(same[1]->mark()) + "; none is used",
                      same[0]->mark());
    expansion.problems.push_back(problem_of(error, Stage::fleet));
  }
  return result;
}

// Says of which ApplicationSet the problems are that came with it.
void attribute_problems(Expansion& expansion, std::size_t first, const Value& set) {
  for (std::size_t i = first; i < expansion.problems.size(); ++i) {
    if (expansion.problems[i].application.empty()) {
      expansion.set_of_problem[i] = set.string_at({"metadata", "name"});
    }
  }
}

// The Applications of each set by themselves: they are large, and so moved once, when the order of
// all is known.
using Parts = std::vector<std::vector<Application>>;

Parts expand_sets(const Declared& declared,
                  const Fleet& fleet,
                  const GeneratorInputs& inputs,
                  Expansion& expansion) {
  Parts parts;
  RepositoryFiles files(inputs.repositories);
  for (const Value* set : unambiguous(declared.application_sets, "applicationset", expansion)) {
    const std::size_t first = expansion.problems.size();
    try {
      parts.push_back(SetExpansion(*set, fleet, inputs, files).usable(expansion));
    } catch (Error& error) {
      error.add_context(describe_set(*set)).at(set->mark());
      expansion.problems.push_back(problem_of(error, Stage::fleet));
    }
    attribute_problems(expansion, first, *set);
  }
  return parts;
}

void add_plain(const Value& object,
               const Fleet& fleet,
               std::vector<Application>& applications,
               std::vector<Problem>& problems) {
  const std::string name(object.string_at({"metadata", "name"}));
  try {
    Application application = read_application(normalized_application(checked_application(object)));
    require_name(application);
    const Cell& cell = cell_of(application, std::nullopt, fleet);
    application.cell = cell.name;
    application.component = without_cell_name(application.name, cell);
    applications.push_back(std::move(application));
  } catch (Error& error) {
    error.add_context("application " + name).at(object.mark());
    problems.push_back(problem_of(error, Stage::fleet, "", name));
  }
}

// With all of metadata that the set's controller writes, as Go prints it.
Value as_document(const Generated& one) {
  Value metadata =
      Value::map({{"name", Value::string(one.object.string_at({"metadata", "name"}))},
                  {"namespace", Value::string(one.object.string_at({"metadata", "namespace"}))}});
  const Value shown = shown_metadata(one.rendered);
  for (const auto& [key, value] : shown.entries()) {
    metadata = metadata.with(key.view(), value);
  }
  return one.object.with("metadata", metadata);
}

std::string describe_origin(const Application& application) {
  const std::string& set = application.origin.application_set;
  return (set.empty() ? describe(application.mark)
                      : "applicationset " + set + " (" + describe(application.mark) + ")");
}

bool has_repeated_ids(const std::vector<Application*>& applications) {
  std::unordered_map<std::string_view, std::unordered_set<std::string_view>> seen;  // by namespace
  return std::ranges::any_of(applications, [&](const Application* application) {
    return !seen[application->ns].insert(application->name).second;
  });
}

// An Application that two sources claim: Argo CD keeps whichever came first in time, which Git does
// not tell.
void drop_claimed_twice(std::vector<Application*>& applications, std::vector<Problem>& problems) {
  if (!has_repeated_ids(applications)) {
    return;
  }
  std::map<std::pair<std::string, std::string>, std::vector<const Application*>> owners;
  for (const Application* application : applications) {
    owners[{application->ns, application->name}].push_back(application);
  }
  std::set<std::pair<std::string, std::string>> dropped;
  for (const auto& [id, claims] : owners) {
    if (claims.size() < 2) {
      continue;
    }
    dropped.insert(id);
    const Error error(ErrorCode::config,
                      "application " + id.second + " is made more than once: by " +
                          describe_origin(*claims[0]) + " and by " + describe_origin(*claims[1]) +
                          "; rename one",
                      claims[0]->mark);
    problems.push_back(problem_of(error, Stage::fleet, claims[0]->cell, id.second));
  }
  std::erase_if(applications,
                [&](const Application* one) { return dropped.contains({one->ns, one->name}); });
}

// Takes them out of the parts: by cell, then name.
std::vector<Application> in_order(std::vector<Application*> applications) {
  std::ranges::sort(applications, {}, [](const Application* one) {
    return std::tie(one->cell, one->name, one->ns);
  });
  std::vector<Application> sorted;
  sorted.reserve(applications.size());
  for (Application* application : applications) {
    sorted.push_back(std::move(*application));
  }
  return sorted;
}

}  // namespace

Expansion expand(const Declared& declared, const Fleet& fleet, const GeneratorInputs& inputs) {
  Expansion expansion;
  expansion.problems = declared.problems;
  Parts parts = expand_sets(declared, fleet, inputs, expansion);
  std::vector<Application>& plain = parts.emplace_back();
  for (const Value* object : unambiguous(declared.applications, "application", expansion)) {
    add_plain(*object, fleet, plain, expansion.problems);
  }
  std::vector<Application*> all;
  for (std::vector<Application>& part : parts) {
    std::ranges::transform(part, std::back_inserter(all), [](Application& one) { return &one; });
  }
  drop_claimed_twice(all, expansion.problems);
  expansion.applications = in_order(std::move(all));
  return expansion;
}

std::vector<Application> expand_set(const Value& application_set,
                                    const Fleet& fleet,
                                    const GeneratorInputs& inputs) {
  RepositoryFiles files(inputs.repositories);
  return SetExpansion(application_set, fleet, inputs, files).all_or_error();
}

std::vector<Value> generated_applications(const Value& application_set,
                                          const Fleet& fleet,
                                          const GeneratorInputs& inputs) {
  RepositoryFiles files(inputs.repositories);
  Generation generation = generate(application_set, fleet, inputs, files);
  if (!generation.errors.empty()) {
    throw generation.errors.front()
        .add_context(describe_set(application_set))
        .at(application_set.mark());
  }
  std::vector<Value> documents;
  documents.reserve(generation.applications.size());
  for (const Generated& one : generation.applications) {
    documents.push_back(as_document(one));
  }
  return documents;
}

}  // namespace celldrift::fleet
