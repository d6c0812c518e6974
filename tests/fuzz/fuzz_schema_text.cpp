// Any bytes are the text of a schema (a snapshot or a cache may hold them), or refused.

#include "celldrift/kube/openapi.hpp"
#include "input.hpp"

using namespace celldrift;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto parts = kube::parts_of_text(std::string(fuzz::text_of(data, size)));
    const auto schema = kube::Schema::of_cell({parts}, "v1.35.0");
    const auto& type = schema.type_of("example.com/v1", "Widget");
    for (const auto& field : type.fields) {
      fuzz::must(type.find(field.name) == &field && field.type->item() != nullptr);
    }
  } catch (const Error& error) {
    fuzz::must(error.code() == ErrorCode::internal);
  }
  return 0;
}
