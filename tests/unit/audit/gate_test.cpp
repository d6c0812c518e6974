// The gate: what is in step, what a deploy does, and what it cannot do.
#include "unit/audit/gate_inputs.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace celldrift::audit {
namespace {

const Path image = Path() / "spec" / "template" / "spec" /
                   Path::Item{.keys = {{"name", Value::string("app")}}, .index = 0} / "image";
const Path replica_count = Path() / "spec" / "replicas";

compare::ObjectResult web() {
  return equal(deployment("web", "app:1"));
}

compare::ObjectResult web_with_new_image() {
  compare::ObjectResult result =
      object(compare::Status::drifted, deployment("web", "app:2"), deployment("web", "app:1"));
  result.differences = {difference(image, "app:2", "app:1")};
  return result;
}

compare::ObjectResult hand_scaled(compare::ObjectResult result) {
  result.differences.push_back(difference(replica_count, "3", "5", "kubectl-edit"));
  result.status = compare::Status::drifted;
  return result;
}

std::string config_map(const std::string& name, const std::string& more = "") {
  return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", namespace: shop}\n" +
         more;
}

GateReport of_one(std::vector<compare::ObjectResult> now,
                  std::vector<compare::ObjectResult> next,
                  std::string_view spec = "{}") {
  return gate(gate_input({gated("cell-a", std::move(now), std::move(next), spec)}));
}

TEST_CASE("a deploy to a cell that is in step may go") {
  const GateReport report = of_one({web()}, {web_with_new_image()});
  CHECK(report.verdict == GateVerdict::go);
  CHECK(reasons(report).empty());
  REQUIRE(report.changes.size() == 1);
  CHECK(report.changes.front().standing == GateChange::Standing::in_step);
  CHECK(effects(report) == "changed Deployment web changes spec.template.spec[name=app].image");
}

TEST_CASE("a hand edit is drift, and is told to be taken back") {
  const GateReport report = of_one({hand_scaled(web())}, {hand_scaled(web_with_new_image())});
  CHECK(report.verdict == GateVerdict::no_go);
  CHECK(reasons(report) == "block drift cell-a; warn reverts cell-a");
  CHECK(report.objections.front().message ==
        "Deployment shop/web: spec.replicas is 5; Git wants 3");
  CHECK(effects(report) ==
        "changed Deployment web changes spec.template.spec[name=app].image "
        "reverts spec.replicas");
}

TEST_CASE("a field that somebody added survives, and one that Git no longer states goes") {
  const Path label = Path() / "metadata" / "labels" / "team";
  const auto by_hand = difference(label, "", "a", "kubectl-edit");
  auto by_argo = difference(Path() / "spec" / "minReadySeconds", "", "9");
  by_argo.evidence = compare::Evidence::still_owned;
  const GateReport report =
      of_one({differing(web(), {by_hand})}, {differing(web(), {by_hand, by_argo})});
  CHECK(effects(report) ==
        "changed Deployment web survives metadata.labels.team unsets spec.minReadySeconds");
}

TEST_CASE("an object in which only others' fields differ is kept") {
  const auto by_hand = difference(Path() / "metadata" / "labels" / "team", "", "a", "kubectl");
  const GateReport report =
      of_one({differing(web(), {by_hand})},
             {differing(web(), {by_hand}), missing_object(config_map("new"))});
  CHECK(effects(report) ==
        "added ConfigMap new; kept Deployment web survives metadata.labels.team");
}

TEST_CASE("an object that is replaced keeps nothing") {
  const auto by_hand = difference(Path() / "metadata" / "labels" / "team", "", "a", "kubectl");
  const GateReport report = of_one({differing(web(), {by_hand})},
                                   {differing(web(), {by_hand})},
                                   "{syncPolicy: {syncOptions: [Replace=true]}}");
  CHECK(effects(report) == "changed Deployment web reverts metadata.labels.team");
}

TEST_CASE("what is as the deploy wants it already is no drift") {
  const auto early = differing(web(), {difference(image, "app:1", "app:2", "kubectl-set")});
  const GateReport report = of_one({early}, {web()});
  CHECK(report.verdict == GateVerdict::go);
  CHECK(report.changes.front().standing == GateChange::Standing::arrived);
}

TEST_CASE("an object that is gone and that the deploy does not want is no drift") {
  const GateReport report =
      of_one({web(), missing_object(config_map("old"))}, {web_with_new_image()});
  CHECK(report.verdict == GateVerdict::go);
}

TEST_CASE("what the deploy does not touch is not asked") {
  GateApplication other = gated("cell-a", {hand_scaled(web())}, {hand_scaled(web())});
  other.component = "frontend";
  other.application = "cell-a-frontend";
  other.differs = false;
  const GateReport report =
      gate(gate_input({gated("cell-a", {web()}, {web_with_new_image()}), other}));
  CHECK(report.verdict == GateVerdict::go);
  CHECK(report.changes.size() == 1);
}

TEST_CASE("a cell that does not get the deploy is not asked") {
  GateInput input = gate_input({gated("cell-a", {web()}, {web_with_new_image()}),
                                gated("cell-b", {hand_scaled(web())}, {hand_scaled(web())})});
  input.receives = {"cell-a"};
  CHECK(gate(std::move(input)).verdict == GateVerdict::go);
}

TEST_CASE("objects that Git no longer wants are deleted where something prunes") {
  const compare::ObjectResult now = equal(config_map("old"));
  const compare::ObjectResult next = extra_object(config_map("old"));
  struct Case {
    const char* name;
    const char* spec;
    const char* annotation;
    const char* effect;
  };
  const Case cases[] = {
      {"by itself", "{syncPolicy: {automated: {prune: true}}}", "", "pruned"},
      {"nothing prunes", "{syncPolicy: {automated: {selfHeal: true}}}", "", "left"},
      {"nothing syncs", "{}", "", "left"},
      {"switched off", "{syncPolicy: {automated: {enabled: false, prune: true}}}", "", "left"},
      {"the object says no", "{syncPolicy: {automated: {prune: true}}}", "Prune=false", "left"},
      {"the Application says no",
       "{syncPolicy: {automated: {prune: true}, syncOptions: [Prune=false]}}",
       "",
       "left"},
      {"the object wins",
       "{syncPolicy: {automated: {prune: true}, syncOptions: [Prune=false]}}",
       "Prune=true",
       "pruned"},
      {"somebody must confirm",
       "{syncPolicy: {automated: {prune: true}}}",
       "PruneLast=true,Prune=confirm",
       "left"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.name);
    compare::ObjectResult live = next;
    if (*each.annotation != '\0') {
      live.live = parsed(
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: old, namespace: shop, annotations: "
          "{argocd.argoproj.io/sync-options: \"" +
          std::string(each.annotation) + "\"}}\n");
    }
    const GateReport report = of_one({now}, {live}, each.spec);
    CHECK(effects(report) == std::string(each.effect) + " ConfigMap old");
    const bool is_pruned = std::string(each.effect) == "pruned";
    CHECK(reasons(report) == (is_pruned ? "warn prunes cell-a" : ""));
  }
}

TEST_CASE("objects of an Application that goes are deleted by its finalizer alone") {
  GateApplication gone = gated("cell-a", {web()}, {extra_object(deployment("web", "app:1"))});
  gone.after = false;
  CHECK(effects(gate(gate_input({gone}))) == "left Deployment web");
  gone.object = parsed("metadata: {finalizers: [resources-finalizer.argocd.argoproj.io]}");
  CHECK(effects(gate(gate_input({gone}))) == "pruned Deployment web");
}

TEST_CASE("an API that the cell does not serve blocks, but for one that the deploy brings") {
  auto widget = missing_object(
      "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w, namespace: shop}\n");
  widget.api_not_served = true;
  CHECK(reasons(of_one({web()}, {web(), widget})) == "block api cell-a");
  const auto definition = missing_object(
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
      "metadata: {name: widgets.example.com}\n"
      "spec: {group: example.com, names: {kind: Widget}, versions: [{name: v1, served: true}]}\n");
  CHECK(reasons(of_one({web()}, {web(), widget, definition})).empty());
}

TEST_CASE("a namespace that nobody makes blocks") {
  const std::string elsewhere =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new, namespace: other}\n";
  CHECK(reasons(of_one({web()}, {web(), missing_object(elsewhere)})) == "block namespace cell-a");
  const auto space = missing_object("apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n");
  CHECK(reasons(of_one({web()}, {web(), missing_object(elsewhere), space})).empty());

  GateApplication made = gated("cell-a",
                               {web()},
                               {web(), missing_object(elsewhere)},
                               "{syncPolicy: {syncOptions: [CreateNamespace=true]}}");
  CHECK(reasons(gate(gate_input({made}))) == "block namespace cell-a");  // it is not its own
  made.ns = "other";
  CHECK(reasons(gate(gate_input({made}))).empty());

  GateInput going = gate_input({gated("cell-a", {web()}, {missing_object(config_map("new"))})});
  (*going.cells.front().namespaces)["shop"] = "Terminating";
  CHECK(reasons(gate(going)) == "block namespace cell-a");
  going.cells.front().namespaces.reset();
  CHECK(reasons(gate(going)) == "block unknown cell-a");
}

TEST_CASE("what could not be looked at blocks as such") {
  compare::ObjectResult unknown = web();
  unknown.status = compare::Status::unknown;
  unknown.reason = "forbidden";
  unknown.live = Value();
  const GateReport report = of_one({unknown}, {unknown});
  CHECK(report.verdict == GateVerdict::unknown);
  CHECK_FALSE(report.complete);
  CHECK(reasons(report) == "block unknown cell-a");  // once, though the audit says it, too
  CHECK(report.changes.front().standing == GateChange::Standing::unknown);

  const GateReport worse =
      of_one({unknown, hand_scaled(web())}, {unknown, hand_scaled(web_with_new_image())});
  CHECK(worse.verdict == GateVerdict::no_go);
}

TEST_CASE("a cell that could not be read blocks only where it gets the deploy") {
  GateInput input = gate_input({gated("cell-a", {web()}, {web_with_new_image()})});
  CellSummary dead = cell("cell-b");
  dead.reachable = false;
  dead.coverage = "unknown";
  dead.reason = "refused";
  input.now.cells.push_back(dead);
  CHECK(gate(input).verdict == GateVerdict::go);
  input.receives.insert("cell-b");
  CHECK(reasons(gate(input)) == "block unknown cell-b");
}

TEST_CASE("problems of what it does not touch are left out") {
  GateInput input = gate_input({gated("cell-a", {web()}, {web_with_new_image()})});
  input.problems = {{.stage = Stage::render, .application = "cell-a-other", .message = "broken"}};
  CHECK(gate(input).verdict == GateVerdict::go);
  input.problems.push_back({.stage = Stage::fleet, .message = "a generator failed"});
  CHECK(gate(input).verdict == GateVerdict::unknown);
}

TEST_CASE("equal objections of several cells are one") {
  const GateReport report = gate(
      gate_input({gated("cell-b", {hand_scaled(web())}, {hand_scaled(web_with_new_image())}),
                  gated("cell-a", {hand_scaled(web())}, {hand_scaled(web_with_new_image())})}));
  CHECK(reasons(report) == "block drift cell-a cell-b; warn reverts cell-a cell-b");
  CHECK(report.objections.front().application.empty());
  CHECK(report.changes.front().cell == "cell-a");
}

TEST_CASE("the order of the input does not matter") {
  const auto one = gated("cell-a", {hand_scaled(web())}, {hand_scaled(web_with_new_image())});
  const auto other =
      gated("cell-b", {web()}, {web_with_new_image(), missing_object(config_map("x"))});
  const GateReport there = gate(gate_input({one, other}));
  const GateReport back = gate(gate_input({other, one}));
  CHECK(reasons(there) == reasons(back));
  CHECK(effects(there) == effects(back));
}

TEST_CASE("the policy says what blocks") {
  struct Case {
    std::vector<std::string> texts;
    GateAction drift;
    GateAction immutable;
    GateAction prunes;
  };
  constexpr auto block = GateAction::block;
  constexpr auto warn = GateAction::warn;
  constexpr auto ignore = GateAction::ignore;
  const Case cases[] = {{{}, block, block, warn},
                        {{"immutable,api"}, warn, block, warn},
                        {{"block=immutable,api,drift warn=skew"}, block, block, warn},
                        {{"block=immutable", "ignore=drift"}, ignore, block, warn},
                        {{"warn=drift"}, warn, block, warn},
                        {{"block=default,prunes"}, block, block, block},
                        {{"none"}, warn, warn, warn},
                        {{"all"}, block, block, block}};
  for (const Case& each : cases) {
    const GatePolicy policy = gate_policy(each.texts);
    CHECK(policy.at(GateReason::drift) == each.drift);
    CHECK(policy.at(GateReason::immutable) == each.immutable);
    CHECK(policy.at(GateReason::prunes) == each.prunes);
  }
  for (const char* text : {"driift", "stop=drift", "block=drift warn=drift", "block="}) {
    CHECK_THROWS_AS(gate_policy({text}), Error);
  }
}

TEST_CASE("reasons that the policy ignores are not told, those that it warns of do not block") {
  GateInput input =
      gate_input({gated("cell-a", {hand_scaled(web())}, {hand_scaled(web_with_new_image())})});
  input.policy = gate_policy({"warn=drift ignore=reverts"});
  const GateReport report = gate(input);
  CHECK(report.verdict == GateVerdict::go);
  CHECK(reasons(report) == "warn drift cell-a");
}

TEST_CASE("names of reasons are distinct") {
  std::set<std::string_view> names;
  for (const GateReason reason : all_gate_reasons) {
    names.insert(describe(reason));
  }
  CHECK(names.size() == std::size(all_gate_reasons));
}

}  // namespace
}  // namespace celldrift::audit
