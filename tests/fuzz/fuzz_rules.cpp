// Any document is taken for a rule file: read and applied, or refused, never a crash or a hang. The
// first line is a path that its patterns are held against.

#include "celldrift/audit/rules.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "input.hpp"

#include <algorithm>

using namespace celldrift;

namespace {

audit::Finding finding_at(std::string_view path) {
  audit::Finding finding;
  finding.fingerprint = "0123456789abcdef";
  finding.rule = "skew/image";
  finding.category = audit::Category::skew;
  finding.cells = {"a"};
  finding.component = "web";
  finding.object = {.api_version = "apps/v1", .kind = "Deployment", .ns = "shop", .name = "web"};
  finding.path = "/spec/containers/0/image";
  finding.path_text = path;
  finding.values = {{.value = Value::string("app:1.2"), .cells = {"a"}},
                    {.value = Value::string("app:1.3-rc1"), .cells = {"b"}}};
  return finding;
}

std::vector<audit::CellSummary> cells() {
  audit::CellSummary a;
  a.name = "a";
  a.reachable = true;
  a.coverage = "complete";
  a.labels = {{"tier", "canary"}};
  audit::CellSummary b = a;
  b.name = "b";
  return {a, b};
}

// Both cells have the object, which is the document itself: what must-differ looks for is in it.
std::vector<audit::ComparedApplication> applications(const Value& document) {
  compare::ObjectResult object;
  object.key = {.group = "apps", .kind = "Deployment", .ns = "shop", .name = "web"};
  object.api_version = "apps/v1";
  object.status = compare::Status::equal;
  object.live = document;
  std::vector<audit::ComparedApplication> all(2);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].cell = i == 0 ? "a" : "b";
    all[i].application = all[i].component = "web";
    all[i].objects = {object};
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const std::string_view path = text.substr(0, text.find('\n'));
  const std::string_view rest = text.substr(std::min(text.size(), path.size() + 1));
  try {
    const Value document = yaml::parse(rest, {.source = 0, .budget = {.nodes = 20'000}}).value;
    const audit::Rules rules = audit::read_rules(document);
    const audit::Ruled ruled = audit::apply_rules({finding_at(path)},
                                                  {.rules = rules,
                                                   .applications = applications(document),
                                                   .cells = cells(),
                                                   .problems = {},
                                                   .now = Time{}});
    // A finding stays, or is hidden; it is never lost.
    std::size_t seen = 0;
    for (const std::vector<audit::Finding>* findings : {&ruled.findings, &ruled.waived}) {
      for (const audit::Finding& finding : *findings) {
        seen += finding.fingerprint == "0123456789abcdef" ? 1 : 0;
      }
    }
    fuzz::must(seen == 1);
  } catch (const Error& error) {
    fuzz::must(error.code() != ErrorCode::internal);
  }
  return 0;
}
