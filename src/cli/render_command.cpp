#include "celldrift/observe/scrubber.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "cli/argo_settings.hpp"
#include "cli/cells.hpp"
#include "cli/commands.hpp"
#include "cli/desired.hpp"
#include "cli/inputs.hpp"
#include "cli/read_context.hpp"
#include "cli/results.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <optional>

namespace celldrift::cli {
namespace {

namespace fs = std::filesystem;

// What one Application renders to in its cell.
struct Placed {
  const fleet::Application* application;
  std::vector<std::pair<ObjectKey, Value>> objects;
};

// What a Secret says of its values elsewhere (last-applied) goes with them.
Value without_values(const Value& object) {
  Value safe = object;
  for (const std::string_view field : {"data", "stringData"}) {
    const Value* values = object.find(field);
    Value::Map hidden;
    for (const Value::Entry& entry :
         values == nullptr ? std::span<const Value::Entry>{} : values->entries()) {
      hidden.push_back(
          {entry.key, Value::string(observe::secret_mask).with_mark(entry.value.mark())});
    }
    if (values != nullptr) {
      safe = safe.with(field, Value::map(std::move(hidden)));
    }
  }
  const Value* annotations = object.find({"metadata", "annotations"});
  if (annotations != nullptr) {
    const Value kept = annotations->without("kubectl.kubernetes.io/last-applied-configuration");
    safe = safe.with("metadata", safe.find("metadata")->with("annotations", kept));
  }
  return safe;
}

// How objects are printed: as Git has them with --show-secrets, else without what is secret.
class Shown {
 public:
  Shown(const RenderOptions& what, const observe::Sensitive& sensitive)
      : is_open_(what.show_secrets), sensitive_(sensitive) {}

  // Whose Secrets may be repeated elsewhere: call it with every object first.
  void learn(const Value& object) { observe::without_secrets(object, key_, &known_); }

  Value operator()(const Value& object) {
    if (is_open_) {
      return object;
    }
    if (!scrubber_) {
      scrubber_.emplace(known_, sensitive_, key_, observe::Show::mask);
    }
    return scrubber_->scrub(observe::is_secret(object) ? without_values(object) : object);
  }

 private:
  bool is_open_;
  const observe::Sensitive& sensitive_;
  observe::SecretKey key_ = observe::SecretKey::random();
  observe::KnownSecrets known_;
  std::optional<observe::Scrubber> scrubber_;
};

std::string format_objects(Value::List objects, const std::string& format, Shown& shown) {
  std::ranges::transform(objects, objects.begin(), std::ref(shown));
  if (format == "json") {
    return yaml::emit_json(Value::list(objects), 2) + "\n";
  }
  if (format == "name") {
    std::string text;
    for (const Value& object : objects) {
      text += printable(describe(key_of(object))) + "\n";
    }
    return text;
  }
  return yaml::emit_stream(objects);
}

// Each object of each Application, in their order; in YAML a comment says whose they are.
std::string format_placed(const std::vector<Placed>& placed,
                          const std::string& format,
                          Shown& shown) {
  std::string text;
  Value::List all;
  for (const Placed& one : placed) {
    Value::List objects;
    for (const auto& [key, object] : one.objects) {
      objects.push_back(object);
    }
    if (format == "json") {
      std::ranges::copy(objects, std::back_inserter(all));
      continue;
    }
    if (format == "yaml") {
      text += "# " + printable(one.application->name) + " in " + printable(one.application->cell) +
              "\n";
    }
    text += format_objects(objects, format, shown);
  }
  return format == "json" ? format_objects(all, format, shown) : text;
}

std::vector<Placed> place_all(const DesiredFleet& desired,
                              const fleet::Fleet& fleet,
                              std::vector<Problem>& problems) {
  std::vector<Placed> placed;
  for (const RenderedApplication& rendered : desired.applications) {
    if (rendered.failed) {
      continue;
    }
    const fleet::Application& application = rendered.application;
    ScopeTable scopes = ScopeTable::builtin();
    for (const auto& source : rendered.sources) {
      scopes.add_definitions(source->objects);
    }
    try {
      render::Desired objects = render::place(rendered.sources, application, scopes);
      std::ranges::copy(objects.warnings, std::back_inserter(problems));
      const auto cell = std::ranges::find(fleet.cells(), application.cell, &fleet::Cell::name);
      if (auto refused = refused_objects(desired.projects, objects.objects, application, *cell)) {
        problems.push_back(*std::move(refused));
        continue;
      }
      placed.push_back({&application, std::move(objects.objects)});
    } catch (const Error& error) {
      problems.push_back(problem_of(error, Stage::render, application.cell, application.name));
    }
  }
  return placed;
}

int render_fleet(const Options& flags, const RenderOptions& what) {
  const Setup setup = set_up(flags);
  const Options& options = setup.options;
  Manifests manifests(options.repo);
  const ResolvedFleet fleet = resolve_fleet(setup);
  Inputs inputs(setup, manifests);
  std::vector<Problem> problems = fleet.problems;
  DesiredFleet desired = desired_fleet({.manifests = manifests,
                                        .fleet = fleet.fleet,
                                        .generators = inputs.get(),
                                        .controller_ns = controller_namespace(options.fleet),
                                        .global_projects = read_global_projects(setup, problems)});
  std::ranges::copy(problems, std::back_inserter(desired.problems));
  const std::vector<Placed> placed = place_all(desired, fleet.fleet, desired.problems);
  const observe::Sensitive sensitive = sensitive_rules(setup);
  Shown shown(what, sensitive);
  for (const Placed& one : placed) {
    std::ranges::for_each(one.objects, [&](const auto& object) { shown.learn(object.second); });
  }
  write_outputs(options, [&](const std::string& format, Destination) {
    return format_placed(placed, format, shown);
  });
  return exit_code(say_problems(desired.problems, options), options);
}

// The folder that links may not leave: the work tree around the path, else the path itself.
fs::path root_around(const fs::path& path) {
  for (fs::path at = path; at.has_relative_path(); at = at.parent_path()) {
    if (fs::exists(at / ".git")) {
      return at;
    }
  }
  return path;
}

render::SourceType parse_type(const std::string& type) {
  for (const auto known : {render::SourceType::directory,
                           render::SourceType::helm,
                           render::SourceType::kustomize,
                           render::SourceType::plugin}) {
    if (type == render::describe(known)) {
      return known;
    }
  }
  throw Error(ErrorCode::usage,
              "--type " + type + ": must be directory, helm, kustomize or plugin");
}

int render_path(const Options& options, const RenderOptions& what) {
  std::error_code error;
  const fs::path path = fs::canonical(what.path, error);
  if (error || !fs::is_directory(path)) {
    throw Error(ErrorCode::usage, what.path + " is no directory to render");
  }
  const fs::path root = root_around(path);
  const auto tree = git::directory_tree(root);
  const std::string relative = path == root ? "." : fs::relative(path, root).generic_string();
  render::Renderer renderer;
  const render::SourceType type =
      what.type.empty() ? render::detect(*tree, relative, Value()) : parse_type(what.type);
  const auto manifests = renderer.source(*tree, relative, Value(), type);
  Shown shown(what, observe::Sensitive::builtin());
  std::ranges::for_each(manifests->objects, [&](const Value& object) { shown.learn(object); });
  write_outputs(options, [&](const std::string& format, Destination) {
    return format_objects(manifests->objects, format, shown);
  });
  return exit_code(say_problems(manifests->warnings, options), options);
}

}  // namespace

int render(const Options& options, const RenderOptions& what) {
  return what.path.empty() ? render_fleet(options, what) : render_path(options, what);
}

}  // namespace celldrift::cli
