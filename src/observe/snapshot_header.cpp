#include "observe/snapshot_header.hpp"

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/kube/openapi.hpp"
#include "observe/object_run.hpp"

#include <algorithm>
#include <array>

namespace celldrift::observe {
namespace {

using State = KindCoverage::State;

constexpr std::array<std::pair<State, std::string_view>, 4> state_names = {{
    {State::complete, "complete"},
    {State::namespaces, "namespaces"},
    {State::absent, "absent"},
    {State::unknown, "unknown"},
}};

std::string_view name_of(State state) {
  return std::find_if(state_names.begin(),
                      state_names.end(),
                      [&](const auto& each) { return each.first == state; })
      ->second;
}

[[noreturn]] void wrong(std::string_view field) {
  throw Error(ErrorCode::config, "its header's \"" + std::string(field) + "\" is missing or wrong");
}

// Fields of a header, of the type that they must have.
std::string text_in(const Value& map, std::string_view field) {
  const Value* value = map.find(field);
  if (!value || !value->is_string()) {
    wrong(field);
  }
  return std::string(value->as_string());
}

bool flag_in(const Value& map, std::string_view field) {
  const Value* value = map.find(field);
  if (!value || !value->is_bool()) {
    wrong(field);
  }
  return value->as_bool();
}

std::span<const Value> list_in(const Value& map, std::string_view field) {
  const Value* value = map.find(field);
  if (!value || !value->is_list()) {
    wrong(field);
  }
  return value->items();
}

std::map<std::string, std::string> read_texts(const Value& header, std::string_view field) {
  const Value* map = header.find(field);
  if (!map || !map->is_map()) {
    wrong(field);
  }
  std::map<std::string, std::string> read;
  for (const Value::Entry& entry : map->entries()) {
    if (!entry.value.is_string()) {
      wrong(field);
    }
    read[entry.key.str()] = entry.value.as_string();
  }
  return read;
}

Value coverage_entry(const GroupKind& kind, const KindCoverage& coverage) {
  Value::List namespaces;
  for (const std::string& ns : coverage.namespaces) {
    namespaces.push_back(Value::string(ns));
  }
  return Value::map({{"group", Value::string(kind.group)},
                     {"kind", Value::string(kind.kind)},
                     {"namespaces", Value::list(std::move(namespaces))},
                     {"reason", Value::string(coverage.reason)},
                     {"state", Value::string(name_of(coverage.state))}});
}

Value coverage_list(const Observation& observation) {
  Value::List entries;
  for (const auto& [kind, coverage] : observation.coverage) {
    entries.push_back(coverage_entry(kind, coverage));
  }
  return Value::list(std::move(entries));
}

Value scope_list(const ScopeTable& scopes) {
  Value::List entries;
  for (const auto& [kind, scope] : scopes.kinds()) {
    entries.push_back(Value::map({{"group", Value::string(kind.group)},
                                  {"kind", Value::string(kind.kind)},
                                  {"namespaced", Value::boolean(scope == Scope::namespaced)}}));
  }
  return Value::list(std::move(entries));
}

Value text_list(const auto& texts) {
  Value::List items;
  for (const std::string_view text : texts) {
    items.push_back(Value::string(text));
  }
  return Value::list(std::move(items));
}

Value served_list(const kube::ServedVersions& served) {
  Value::List entries;
  for (const auto& [kind, versions] : served.kinds) {
    entries.push_back(Value::map({{"group", Value::string(kind.group)},
                                  {"kind", Value::string(kind.kind)},
                                  {"versions", text_list(versions)}}));
  }
  return Value::list(std::move(entries));
}

Value text_map(const std::map<std::string, std::string>& texts) {
  Value::Map entries;
  for (const auto& [name, value] : texts) {
    entries.push_back({name, Value::string(value)});
  }
  return Value::map(std::move(entries));
}

State read_state(const Value& entry) {
  const std::string name = text_in(entry, "state");
  const auto found = std::find_if(state_names.begin(), state_names.end(), [&](const auto& each) {
    return each.second == name;
  });
  if (found == state_names.end()) {
    wrong("state");
  }
  return found->first;
}

std::map<GroupKind, KindCoverage> read_coverage(const Value& header) {
  std::map<GroupKind, KindCoverage> all;
  for (const Value& entry : list_in(header, "coverage")) {
    KindCoverage coverage{read_state(entry), {}, text_in(entry, "reason")};
    for (const Value& ns : list_in(entry, "namespaces")) {
      if (!ns.is_string()) {
        wrong("namespaces");
      }
      coverage.namespaces.emplace(ns.as_string());
    }
    all[{text_in(entry, "group"), text_in(entry, "kind")}] = std::move(coverage);
  }
  return all;
}

std::vector<std::string> texts_in(const Value& map, std::string_view field) {
  std::vector<std::string> texts;
  for (const Value& text : list_in(map, field)) {
    if (!text.is_string()) {
      wrong(field);
    }
    texts.emplace_back(text.as_string());
  }
  return texts;
}

kube::ServedVersions read_served(const Value& header) {
  kube::ServedVersions served;
  served.known = true;
  for (const Value& entry : list_in(header, "served")) {
    served.kinds[{text_in(entry, "group"), text_in(entry, "kind")}] = texts_in(entry, "versions");
  }
  served.failed_groups = read_texts(header, "failedGroups");
  return served;
}

kube::Schema read_types(const Value& header) {
  std::vector<kube::Schema::Parts> parts;
  for (std::string& text : texts_in(header, "types")) {
    try {
      parts.push_back(kube::parts_of_text(std::move(text)));
    } catch (const Error&) {
      wrong("types");
    }
  }
  return kube::Schema::of_cell(std::move(parts), text_in(header, "kubernetesVersion"));
}

ScopeTable read_scopes(const Value& header) {
  ScopeTable scopes;
  for (const Value& entry : list_in(header, "scopes")) {
    scopes.set({text_in(entry, "group"), text_in(entry, "kind")},
               flag_in(entry, "namespaced") ? Scope::namespaced : Scope::cluster);
  }
  return scopes;
}

Time read_time(const Value& header) {
  const std::optional<Time> time = parse_time(text_in(header, "time"));
  if (!time) {
    wrong("time");
  }
  return *time;
}

std::optional<SecretKey> read_key(const Value& header, const std::string& id) {
  if (!header.find("secretKey")) {
    return std::nullopt;
  }
  std::string bytes;
  if (!base64_decode(text_in(header, "secretKey"), bytes)) {
    wrong("secretKey");
  }
  SecretKey key = SecretKey::from_bytes(std::move(bytes));
  if (key.id() != id) {
    wrong("secretKeyId");
  }
  return key;
}

constexpr std::string_view known_schemas[] = {snapshot_schema, one_member_schema, former_schema};

void check_schema(const Value& header) {
  const std::string_view schema = header.string_at({"schema"});
  if (std::ranges::find(known_schemas, schema) != std::end(known_schemas)) {
    return;
  }
  if (schema.starts_with("celldrift.snapshot/")) {
    throw Error(ErrorCode::config,
                "it has the schema " + printable(schema) + ", and this celldrift reads " +
                    std::string(snapshot_schema) + "; use a newer celldrift or record it again");
  }
  throw Error(ErrorCode::config, "it is not a snapshot of celldrift");
}

}  // namespace

Value header_of(const Snapshot& snapshot) {
  const Observation& observation = snapshot.observation;
  Value header = Value::map({
      {"cell", Value::string(observation.cell)},
      {"coverage", coverage_list(observation)},
      {"failedGroups", text_map(observation.served.failed_groups)},
      {"kubernetesVersion", Value::string(observation.kubernetes_version)},
      {"labels", text_map(snapshot.labels)},
      {"objects", Value::integer(static_cast<std::int64_t>(observation.objects.size()))},
      {"reachable", Value::boolean(observation.reachable)},
      {"reason", Value::string(observation.reason)},
      {"schema", Value::string(snapshot_schema)},
      {"scopes", scope_list(observation.scopes)},
      {"secretKeyId", Value::string(observation.secret_key_id)},
      {"served", served_list(observation.served)},
      {"server", Value::string(observation.server)},
      {"time", Value::string(format_time(observation.time))},
      {"types", text_list(observation.schema.texts())},
  });
  return snapshot.key
             ? header.with("secretKey", Value::string(base64_encode(snapshot.key->bytes())))
             : header;
}

Value parse_header(std::string_view line) {
  try {
    return parse_line(line);
  } catch (const Error& error) {
    throw Error(ErrorCode::config, "line 1 " + error.message());
  }
}

SnapshotBrief read_brief(const Value& header) {
  check_schema(header);
  return {.cell = text_in(header, "cell"),
          .server = text_in(header, "server"),
          .labels = read_texts(header, "labels"),
          .time = read_time(header)};
}

CellSurface read_surface(const Value& header) {
  check_schema(header);
  CellSurface surface{.coverage = read_coverage(header), .scopes = read_scopes(header)};
  if (header.string_at({"schema"}) != former_schema) {
    surface.served = read_served(header);
    surface.schema = read_types(header);
  }
  return surface;
}

Hash told_by(const Value& header) {
  Value told = Value::map({});
  for (const char* field :
       {"coverage", "failedGroups", "kubernetesVersion", "schema", "scopes", "served", "types"}) {
    const Value* value = header.find(field);
    told = value == nullptr ? told : told.with(field, *value);
  }
  return told.hash();
}

Header read_header(const Value& header, const CellSurface& surface) {
  check_schema(header);
  Header read;
  Observation& observation = read.snapshot.observation;
  observation.cell = text_in(header, "cell");
  observation.server = text_in(header, "server");
  observation.kubernetes_version = text_in(header, "kubernetesVersion");
  observation.reachable = flag_in(header, "reachable");
  observation.reason = text_in(header, "reason");
  observation.time = read_time(header);
  observation.from_snapshot = true;
  observation.secret_key_id = text_in(header, "secretKeyId");
  observation.scopes = surface.scopes;
  observation.coverage = surface.coverage;
  observation.served = surface.served;
  observation.schema = surface.schema;
  read.snapshot.labels = read_texts(header, "labels");
  read.snapshot.key = read_key(header, observation.secret_key_id);
  const Value* objects = header.find("objects");
  if (!objects || !objects->is_int() || objects->as_int() < 0) {
    wrong("objects");
  }
  read.objects = static_cast<std::size_t>(objects->as_int());
  return read;
}

}  // namespace celldrift::observe
