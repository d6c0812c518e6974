// celldrift's side of the comparison with yaml-oracle: the same cases in, the same lines out.
//
//   yaml-celldrift parse|split|emit|marshal < cases     (emit and marshal: the case's JSON, written
//   by yaml::emit and yaml::emit_go, as a JSON string)
#include "celldrift/yaml/yaml.hpp"
#include "marshal_case.hpp"

#include <cstdio>
#include <iostream>
#include <string>

namespace {

using namespace celldrift;

std::string parse(const std::string& text) {
  return yaml::canonical_json(yaml::parse(text).value);
}

std::string split(const std::string& text) {
  Value::List documents;
  for (const yaml::Piece& piece : yaml::split_documents(text)) {
    if (piece.broken_separator) {
      throw Error(ErrorCode::parse, "broken separator");
    }
    documents.push_back(Value::string(piece.text));
  }
  return yaml::emit_json(Value::list(std::move(documents)));
}

std::string emit(const std::string& text) {
  return yaml::emit_json(Value::string(yaml::emit(yaml::parse_json(text).value)));
}

std::string marshal(const std::string& text) {
  return oracle::marshal_case(text);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc == 2 ? argv[1] : "";
  const auto answer = mode == "split"     ? split
                      : mode == "emit"    ? emit
                      : mode == "marshal" ? marshal
                                          : parse;
  std::string header;
  while (std::getline(std::cin, header)) {
    std::string text(std::stoul(header), '\0');
    std::cin.read(text.data(), std::streamsize(text.size()));
    try {
      std::cout << answer(text) << '\n';
    } catch (const Error& error) {
      std::cout << (std::getenv("YAML_ORACLE_REASONS") != nullptr
                        ? std::string("error ") + error.what()
                        : std::string("error"))
                << '\n';
    }
  }
}
