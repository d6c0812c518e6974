// A whole ApplicationSet, of any generators and templates, with a small repository, cells, decision
// resources and services behind it: it expands or is refused, the same way each time, and what it
// expands to stays within its namespace.
#include "celldrift/fleet/declared_objects.hpp"
#include "celldrift/fleet/expand.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "input.hpp"

using namespace celldrift;

namespace {

class OneRepository final : public fleet::Repositories {
 public:
  std::shared_ptr<const git::Tree> tree(const std::string&, const std::string&) override {
    return tree_;
  }

 private:
  std::shared_ptr<const git::Tree> tree_ = git::memory_tree(
      {{"envs/dev/config.yaml", "env: dev\ncluster: {size: 1}\nlist: [a, {b: null}]\n"},
       {"envs/prod/config.json", "[{\"env\": \"prod\", \"n\": 1e21}, null]"},
       {"apps/Front_End/x.yaml", "values: {a: '{{ .env }}'}\npath: mine\n"},
       {"apps/.hidden/x.yaml", "a: [1"},
       {"link", "-> apps"},
       {"loop", "-> loop"}});
};

class CannedServices final : public fleet::Services {
 public:
  Value ask(const fleet::ServiceQuestion& question) override {
    static const Value answers =
        yaml::parse(
            "plugin: [{name: a, deep: {l: [1]}}, {generator: x}]\n"
            "scmProvider: [{organization: o, repository: r, repository_id: 7, url: u, branch: A/b, "
            "sha: abcdef0123, labels: [x]}]\n"
            "pullRequest: [{number: 1, title: t, branch: A_b, target_branch: main, head_sha: "
            "abcdef0123, labels: [x, 'y z'], author: me}]\n")
            .value;
    return *answers.find(question.kind);
  }
};

fleet::Fleet cells() {
  fleet::Cell hub;
  hub.name = "Hub";
  hub.server = fleet::in_cluster_server;
  hub.is_hub = true;
  fleet::Cell cell;
  cell.name = "cell-a";
  cell.server = "https://cell-a/";
  cell.labels = {{"env", "prod"}};
  cell.annotations = {{"note", "x y"}};
  return fleet::Fleet({hub, cell});
}

std::vector<Value> decisions() {
  return yaml::parse_stream(
             "{apiVersion: v1, kind: ConfigMap, metadata: {name: decider}, data: {apiVersion: "
             "d.example.com/v1, kind: placementdecisions, statusListKey: decisions, matchKey: "
             "clusterName}}\n---\n{apiVersion: d.example.com/v1, kind: PlacementDecision, "
             "metadata: "
             "{name: placed, labels: {app: x}}, status: {decisions: [{clusterName: cell-a, w: "
             "5}]}}\n")
      .documents;
}

struct World {
  OneRepository repository;
  CannedServices services;
  std::unique_ptr<fleet::ArgoObjects> objects = fleet::objects_among(decisions(), "o", "argocd");
  fleet::Fleet fleet = cells();

  fleet::GeneratorInputs inputs(fleet::FileGlobbing globbing) {
    return {&repository, &services, objects.get(), globbing};
  }
};

// What a set gives, or the error that refuses it.
std::string outcome(const Value& set, fleet::FileGlobbing globbing) {
  World world;
  try {
    std::string text;
    for (const Value& one :
         fleet::generated_applications(set, world.fleet, world.inputs(globbing))) {
      fuzz::must(one.string_at({"metadata", "namespace"}) ==
                 set.string_at({"metadata", "namespace"}));
      text += yaml::canonical_json(one) + "\n";
    }
    fleet::expand({{set}, {}, {}}, world.fleet, world.inputs(globbing));
    return text;
  } catch (const Error& error) {
    fuzz::must(error.code() != ErrorCode::internal);
    return error.what();
  }
}

// What varies from run to run by design.
bool is_random(std::string_view text) {
  for (const char* name :
       {"rand", "uuid", "gen", "bcrypt", "htpasswd", "shuffle", "encrypt", "now"}) {
    if (text.find(name) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  Value set;
  try {
    set = yaml::parse(text, {.source = 0, .budget = {.nodes = 20'000, .scalar_bytes = 1 << 16}})
              .value;
  } catch (const Error&) {
    return 0;
  }
  const fleet::FileGlobbing globbing =
      text.size() % 2 == 0 ? fleet::FileGlobbing::pathspec : fleet::FileGlobbing::doublestar;
  const std::string first = outcome(set, globbing);
  fuzz::must(is_random(text) || outcome(set, globbing) == first);
  return 0;
}
