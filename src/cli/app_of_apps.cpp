#include "cli/app_of_apps.hpp"

#include "celldrift/core/parallel.hpp"
#include "cli/app_graph.hpp"
#include "cli/named_sources.hpp"
#include "cli/remembered_services.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace celldrift::cli {
namespace {

constexpr std::size_t max_objects = 100'000;
constexpr std::size_t max_depth = 64;

using Id = std::tuple<std::string, std::string, std::string>;  // kind, namespace, name

bool is_of_argo(const Value& object, std::string_view kind) {
  return object.string_at({"kind"}) == kind &&
         group_of(object.string_at({"apiVersion"})) == "argoproj.io";
}

Value in_namespace(const Value& object, const std::string& ns) {
  const Value* metadata = object.find("metadata");
  if (metadata == nullptr || !object.string_at({"metadata", "namespace"}).empty()) {
    return object;
  }
  return object.with("metadata",
                     metadata->with("namespace", Value::string(ns).with_mark(metadata->mark())));
}

Id id_of(const Value& object) {
  return {std::string(object.string_at({"kind"})),
          std::string(object.string_at({"metadata", "namespace"})),
          std::string(object.string_at({"metadata", "name"}))};
}

// The same file whatever commit it was read at.
std::string file_of(const Mark& mark) {
  const Source& source = source_of(mark.source);
  return source.path + '\0' + source.blob;
}

bool is_under(std::string_view path, std::string_view directory) {
  return directory.empty() || directory == "." ||
         (path.starts_with(directory) && path.substr(directory.size()).starts_with('/'));
}

bool goes_to_hub(const fleet::Application& application, const fleet::Fleet& fleet) {
  const auto cell = std::ranges::find(fleet.cells(), application.cell, &fleet::Cell::name);
  return application.destination_name == "in-cluster" ||
         application.destination_server.starts_with(fleet::in_cluster_server) ||
         (cell != fleet.cells().end() &&
          (cell->is_hub || cell->server.starts_with(fleet::in_cluster_server)));
}

// What one Application renders, as far as it concerns us.
struct Sight {
  std::set<std::string> files;
  std::vector<Value> made;  // for Argo CD's own cluster, with their namespaces
  std::optional<Problem> problem;
};

// One Argo CD object, and what came of it.
struct Object {
  Value value;  // with its namespace
  std::size_t depth = 0;
  std::set<std::string> files;              // that its Applications render
  std::map<std::size_t, std::string> made;  // the children, and which of its Applications made them
  std::vector<std::string> source_paths;
  std::vector<Problem> problems;
};

// An Application and the object that it comes of.
struct Lead {
  std::size_t object;
  fleet::Application application;
};

class Exploration {
 public:
  Exploration(const Workshop& workshop,
              const fleet::Declared& declared,
              const fleet::Fleet& fleet,
              const fleet::GeneratorInputs& inputs,
              const std::string& controller_ns)
      : workshop_(workshop),
        declared_(declared),
        fleet_(fleet),
        inputs_(inputs),
        controller_ns_(controller_ns),
        namespaces_{controller_ns} {
    for (const auto* list : {&declared.application_sets, &declared.applications}) {
      for (const Value& object : *list) {
        const std::string_view ns = object.string_at({"metadata", "namespace"});
        namespaces_.emplace(ns.empty() ? controller_ns : ns);
        declared_paths_.push_back(source_of(object.mark().source).path);
        declared_files_.insert(file_of(object.mark()));
      }
    }
    for (const Problem& problem : declared.problems) {
      declared_paths_.push_back(problem.source);
    }
  }

  // Whether any Application makes another, or renders the file of a declared one.
  bool is_needed(const fleet::Expansion& plain) {
    std::vector<Lead> leads;
    for (const fleet::Application& application : plain.applications) {
      if (matters(application)) {
        leads.push_back({0, application});
      }
    }
    const std::vector<Sight> sights = look_into(leads);
    for (const Sight& sight : sights) {
      if (sight.problem) {
        doubts_.push_back(*sight.problem);
      }
    }
    if (std::ranges::any_of(declared_.problems, [&](const Problem& problem) {
          return std::ranges::any_of(leads, [&](const Lead& lead) {
            return is_read_by(problem.source, lead.application);
          });
        })) {
      return true;
    }
    return std::ranges::any_of(sights, [&](const Sight& sight) {
      return !sight.made.empty() || std::ranges::any_of(sight.files, [&](const std::string& file) {
        return declared_files_.contains(file);
      });
    });
  }
  // What is_needed() could not render.
  const std::vector<Problem>& doubts() const { return doubts_; }

  Expanded run() {
    for (const auto* list : {&declared_.application_sets, &declared_.applications}) {
      for (const Value& object : *list) {
        add(in_namespace(object, controller_ns_), 0, true);
      }
    }
    for (std::size_t done = 0; done < objects_.size();) {
      const std::size_t end = objects_.size();
      explore(done, end);
      done = end;
    }
    return result();
  }

 private:
  std::optional<std::size_t> add(const Value& value, std::size_t depth, bool is_declared) {
    auto& same = by_id_[id_of(value)];
    const auto known =
        std::ranges::find_if(same, [&](std::size_t i) { return objects_[i].value == value; });
    if (known != same.end()) {
      nodes_[*known].is_declared = nodes_[*known].is_declared || is_declared;
      return *known;
    }
    if (objects_.size() >= max_objects || depth > max_depth) {
      const Error error(ErrorCode::limit,
                        depth > max_depth
                            ? describe(key_of(value)) +
                                  ": Applications make Applications more "
                                  "than 64 times over"
                            : "there are more than 100000 Applications and ApplicationSets",
                        value.mark());
      problems_.push_back(problem_of(error, Stage::fleet));
      return std::nullopt;
    }
    same.push_back(objects_.size());
    objects_.push_back({.value = value, .depth = depth});
    nodes_.push_back({.is_declared = is_declared});
    return objects_.size() - 1;
  }

  static bool is_read_by(const std::string& path, const fleet::Application& application) {
    return std::ranges::any_of(application.sources, [&](const fleet::ApplicationSource& source) {
      return is_in_git(source) && !source.path.empty() && is_under(path, source.path);
    });
  }

  bool reads_declared(const fleet::Application& application) const {
    return std::ranges::any_of(
        declared_paths_, [&](const std::string& path) { return is_read_by(path, application); });
  }

  // Whether it may make others, or render files of declared ones.
  bool matters(const fleet::Application& application) const {
    return goes_to_hub(application, fleet_) || reads_declared(application);
  }

  // One level of them at once.
  void explore(std::size_t begin, std::size_t end) {
    std::vector<Lead> leads;
    for (std::size_t i = begin; i < end; ++i) {
      const Value object = objects_[i].value;
      if (is_of_argo(object, "AppProject")) {
        continue;
      }
      fleet::Declared one;
      (is_of_argo(object, "ApplicationSet") ? one.application_sets : one.applications) = {object};
      for (fleet::Application& application : fleet::expand(one, fleet_, inputs_).applications) {
        if (matters(application)) {
          leads.push_back({i, std::move(application)});
        }
      }
    }
    const std::vector<Sight> sights = look_into(leads);
    for (std::size_t i = 0; i < leads.size(); ++i) {
      take(leads[i], sights[i]);
    }
  }

  std::vector<Sight> look_into(const std::vector<Lead>& leads) const {
    std::vector<fleet::Application> applications;
    std::ranges::transform(leads, std::back_inserter(applications), &Lead::application);
    workshop_.manifests.prefetch(sources_of(applications));
    std::vector<Sight> sights(leads.size());
    for_each_index(
        leads.size(), 0, [&](std::size_t i) { sights[i] = look_into_one(leads[i].application); });
    return sights;
  }

  Sight look_into_one(const fleet::Application& application) const {
    Sight sight;
    const bool is_ours = goes_to_hub(application, fleet_);
    RenderedApplication rendered{.application = application};
    try {
      render_sources(workshop_, rendered);
    } catch (Error& error) {
      if (is_ours) {
        error.at(application.mark);
        sight.problem = problem_of(error, Stage::render, application.cell, application.name);
      }
      return sight;
    }
    for (const auto& source : rendered.sources) {
      for (const Value& object : source->objects) {
        sight.files.insert(file_of(object.mark()));
        if (is_ours && (is_of_argo(object, "Application") || is_of_argo(object, "ApplicationSet") ||
                        is_of_argo(object, "AppProject"))) {
          sight.made.push_back(in_namespace(object, application.destination_namespace));
        }
      }
    }
    return sight;
  }

  void take(const Lead& lead, const Sight& sight) {
    const fleet::Application& application = lead.application;
    objects_[lead.object].files.insert(sight.files.begin(), sight.files.end());
    for (const fleet::ApplicationSource& source : application.sources) {
      objects_[lead.object].source_paths.push_back(source.path);
    }
    if (sight.problem) {
      doubts_of(lead).push_back(*sight.problem);
    }
    for (const Value& child : sight.made) {
      const std::string ns(child.string_at({"metadata", "namespace"}));
      if (!namespaces_.contains(ns)) {
        const Error error(ErrorCode::config,
                          describe(key_of(child)) + " is made in namespace " + ns +
                              ", where Argo CD does not look unless it was told to "
                              "(application.namespaces): it is left out",
                          child.mark());
        objects_[lead.object].problems.push_back(
            problem_of(error, Stage::fleet, application.cell, application.name));
      } else if (const auto node = add(child, objects_[lead.object].depth + 1, false)) {
        nodes_[lead.object].children.push_back(*node);
        objects_[lead.object].made.emplace(*node, application.name);
      }
    }
  }

  std::vector<Problem>& doubts_of(const Lead& lead) { return doubts_by_object_[lead.object]; }

  void link_readers() {
    std::map<std::string, std::vector<std::size_t>> declared_in;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].is_declared) {
        declared_in[file_of(objects_[i].value.mark())].push_back(i);
      }
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      for (const std::string& file : objects_[i].files) {
        if (const auto found = declared_in.find(file); found != declared_in.end()) {
          std::ranges::copy(found->second, std::back_inserter(nodes_[i].reads));
        }
      }
    }
  }

  Expanded result() {
    link_readers();
    const std::vector<bool> exists = existing(nodes_);
    Expanded expanded;
    fleet::Declared declared{.problems = problems_};
    std::vector<std::string> rendered_paths;
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      if (!exists[i]) {
        continue;
      }
      const Object& object = objects_[i];
      auto& list = is_of_argo(object.value, "AppProject")       ? expanded.projects
                   : is_of_argo(object.value, "ApplicationSet") ? declared.application_sets
                                                                : declared.applications;
      list.push_back(object.value);
      std::ranges::copy(object.problems, std::back_inserter(declared.problems));
      std::ranges::copy(doubts_by_object_[i], std::back_inserter(expanded.doubts));
      std::ranges::copy(object.source_paths, std::back_inserter(rendered_paths));
    }
    add_declared_problems(rendered_paths, declared);
    expanded.expansion = fleet::expand(declared, fleet_, inputs_);
    expanded.sets = std::move(declared.application_sets);
    name_parents(exists, expanded.expansion);
    return expanded;
  }

  // A file that does not parse by itself, such as a template of a chart, is told of where its
  // Application is rendered.
  void add_declared_problems(const std::vector<std::string>& rendered_paths,
                             fleet::Declared& declared) const {
    for (const Problem& problem : declared_.problems) {
      const bool is_rendered =
          std::ranges::any_of(rendered_paths, [&](const std::string& directory) {
            return !directory.empty() && is_under(problem.source, directory);
          });
      if (!is_rendered) {
        declared.problems.push_back(problem);
      }
    }
  }

  void name_parents(const std::vector<bool>& exists, fleet::Expansion& expansion) const {
    std::map<Id, std::string> parents;
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      for (const auto& [child, parent] : objects_[i].made) {
        if (exists[i] && child != i) {
          parents.emplace(id_of(objects_[child].value), parent);
        }
      }
    }
    for (fleet::Application& application : expansion.applications) {
      const std::string& set = application.origin.application_set;
      const auto found =
          parents.find(set.empty() ? Id{"Application", application.ns, application.name}
                                   : Id{"ApplicationSet", application.ns, set});
      if (found != parents.end()) {
        application.origin.parent = found->second;
      }
    }
  }

  const Workshop& workshop_;
  const fleet::Declared& declared_;
  const fleet::Fleet& fleet_;
  const fleet::GeneratorInputs& inputs_;
  const std::string controller_ns_;
  std::set<std::string> namespaces_;         // where Argo CD looks for Applications
  std::vector<std::string> declared_paths_;  // broken ones among them
  std::set<std::string> declared_files_;
  std::vector<Object> objects_;
  std::vector<AppNode> nodes_;  // of the same numbers
  std::map<Id, std::vector<std::size_t>> by_id_;
  std::map<std::size_t, std::vector<Problem>> doubts_by_object_;
  std::vector<Problem> doubts_;
  std::vector<Problem> problems_;
};

}  // namespace

Expanded expand_all(const Workshop& workshop,
                    const fleet::Declared& declared,
                    const fleet::Fleet& fleet,
                    const fleet::GeneratorInputs& inputs,
                    const std::string& controller_ns) {
  // What services answer counts for the whole run, and is asked for once.
  std::optional<RememberedServices> services;
  fleet::GeneratorInputs remembered = inputs;
  if (inputs.services != nullptr) {
    remembered.services = &services.emplace(*inputs.services);
  }
  workshop.manifests.assume(named_sources(declared));
  workshop.manifests.prefetch(generator_sources(declared));
  fleet::Expansion plain = fleet::expand(declared, fleet, remembered);
  workshop.manifests.assume(sources_of(plain.applications));
  Exploration exploration(workshop, declared, fleet, remembered, controller_ns);
  if (!exploration.is_needed(plain)) {
    Expanded expanded{.expansion = std::move(plain), .doubts = exploration.doubts()};
    for (const Value& set : declared.application_sets) {
      expanded.sets.push_back(in_namespace(set, controller_ns));
    }
    return expanded;
  }
  return exploration.run();
}

}  // namespace celldrift::cli
