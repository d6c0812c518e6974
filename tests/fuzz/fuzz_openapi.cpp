// Any JSON is an OpenAPI document or a CRD, or refused; the types that it gives are written in a
// text that is read, whole and sorted, and every type of it can be walked to.

#include "celldrift/kube/openapi.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "types.hpp"

using namespace celldrift;

namespace {

void check(const std::string& text, std::string_view api_version, std::string_view kind) {
  const auto schema = kube::Schema::of_cell({kube::parts_of_text(text)}, "v1.35.0");
  fuzz::must(schema.texts().size() == 1 && schema.texts()[0] == text);
  fuzz::walk_types(schema.with_known_types(kube::known_types()).type_of(api_version, kind));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Value value;
  try {
    value = yaml::parse_json(fuzz::text_of(data, size)).value;
  } catch (const Error&) {
    return 0;
  }
  const std::string group(value.string_at({"spec", "group"}));
  check(kube::definition_text(value), group + "/v1", value.string_at({"spec", "names", "kind"}));
  try {
    check(kube::openapi_text(value, "example.com/v1"), "example.com/v1", "Widget");
    check(kube::openapi_text(value, "apps/v1"), "apps/v1", "Deployment");
  } catch (const Error& error) {
    fuzz::must(error.code() == ErrorCode::server);
  }
  return 0;
}
