// celldrift's side: reads the lines that the oracle wrote, and writes each with its own answer.
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/regexp/regexp.hpp"
#include "celldrift/semver/semver.hpp"

#include <iostream>
#include <map>

using namespace celldrift;

namespace {

using Words = std::vector<std::string_view>;

std::string decoded(std::string_view word) {
  std::string text;
  for (std::size_t i = 1; i + 1 < word.size(); i += 2) {
    text += char(std::stoi(std::string(word.substr(i, 2)), nullptr, 16));
  }
  return text;
}

std::string coded(std::string_view text) {
  std::string word = "x";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    word += {"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
  }
  return word;
}

std::string coded(const std::vector<std::string_view>& texts) {
  std::vector<std::string> words;
  for (const auto text : texts) {
    words.push_back(coded(text));
  }
  return "[" + join(words, ",") + "]";
}

std::string described(const semver::Version& version) {
  return coded(version.text()) + " " + coded(version.original);
}

std::string loose(const Words& words) {
  return described(semver::parse(decoded(words[1])));
}

std::string strict(const Words& words) {
  return described(semver::parse_strict(decoded(words[1])));
}

std::string order(const Words& words) {
  const auto result = semver::parse(decoded(words[1])) <=> semver::parse(decoded(words[2]));
  return result < 0 ? "-1" : result > 0 ? "1" : "0";
}

std::string check(const Words& words) {
  const auto constraint = semver::Constraint::parse(decoded(words[1]));
  return constraint.check(semver::parse(decoded(words[2]))) ? "true" : "false";
}

std::string compile(const Words& words) {
  const regexp::Regexp compiled(decoded(words[1]));
  return "accepted";
}

std::string search(const Words& words) {
  const regexp::Regexp compiled(decoded(words[1]));
  const auto text = decoded(words[2]);
  const auto replacement = decoded(words[3]);
  const int limit = std::stoi(std::string(words[4]));
  return join({compiled.matches(text) ? "true" : "false",
               coded(compiled.find(text)),
               coded(compiled.find_all(text, limit)),
               coded(compiled.replace_all(text, replacement)),
               coded(compiled.replace_all_literal(text, replacement)),
               coded(compiled.split(text, limit))},
              " ");
}

const std::map<std::string_view, std::string (*)(const Words&)> questions = {
    {"loose", loose},
    {"strict", strict},
    {"order", order},
    {"check", check},
    {"compile", compile},
    {"search", search},
};

std::string answer(std::string_view question) {
  const auto words = split(question, ' ');
  try {
    return questions.at(words[0])(words);
  } catch (const Error& error) {
    return "error " + coded(error.message());
  }
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const auto question = line.substr(0, line.find(" = "));
    std::cout << question << " = " << answer(question) << "\n";
  }
}
