// Random texts and numbers, from the run's seed.
#include "celldrift/core/text.hpp"
#include "celldrift/core/utf8.hpp"
#include "sprig/families.hpp"
#include "sprig/go_errors.hpp"
#include "sprig/random_source.hpp"

#include <utility>

namespace celldrift::sprig {
namespace {

using namespace gotemplate;

constexpr std::string_view digits = "0123456789";
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view letters_and_digits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view printable_ascii =
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz"
    "{|}~";

constexpr std::int64_t most_characters = 16 << 20;

std::size_t checked_count(std::int64_t count) {
  if (count > most_characters) {
    throw Error(ErrorCode::limit, "a random text is longer than 16 MiB");
  }
  return std::size_t(count);
}

// A negative count is an error in Go that sprig drops.
template <const std::string_view& alphabet>
Any random_text(const Call& call) {
  RandomSource random(call.random_state);
  std::string text(checked_count(std::max<std::int64_t>(0, call[0].as_int())), ' ');
  for (auto& character : text) {
    character = alphabet[random.below(alphabet.size())];
  }
  return call.heap.string(text);
}

Any random_bytes(const Call& call) {
  const auto count = call[0].as_int();
  if (count < 0) {
    fail("runtime error: makeslice: len out of range");
  }
  RandomSource random(call.random_state);
  return call.heap.string(base64_encode(random.bytes(checked_count(count))));
}

// From the first to below the second.
Any random_int(const Call& call) {
  const auto low = std::uint64_t(call[0].as_int());
  const auto range = std::uint64_t(call[1].as_int()) - low;
  if (std::int64_t(range) <= 0) {
    fail("invalid argument to Intn");
  }
  return Any::integer(std::int64_t(low + RandomSource(call.random_state).below(range)));
}

Any shuffle(const Call& call) {
  auto points = utf8::points(call[0].as_string());
  RandomSource random(call.random_state);
  for (std::size_t i = points.size(); i > 1; --i) {
    std::swap(points[i - 1], points[random.below(i)]);
  }
  return call.heap.string(utf8::text(points));
}

Any uuid(const Call& call) {
  auto bytes = RandomSource(call.random_state).bytes(16);
  bytes[6] = char((bytes[6] & 0x0F) | 0x40);  // version 4
  bytes[8] = char((bytes[8] & 0x3F) | 0x80);  // RFC 4122's variant
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) {
      text += '-';
    }
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return call.heap.string(text);
}

constexpr auto varies = Determinism::varies;
constexpr auto count = takes<int_type>;

constexpr Function functions_of_random[] = {
    {"randAlpha", count, false, &string_type, random_text<letters>, varies},
    {"randAlphaNum", count, false, &string_type, random_text<letters_and_digits>, varies},
    {"randAscii", count, false, &string_type, random_text<printable_ascii>, varies},
    {"randBytes", count, false, &string_type, random_bytes, varies},
    {"randInt", takes<int_type, int_type>, false, &int_type, random_int, varies},
    {"randNumeric", count, false, &string_type, random_text<digits>, varies},
    {"shuffle", takes<string_type>, false, &string_type, shuffle, varies},
    {"uuidv4", {}, false, &string_type, uuid, varies},
};

}  // namespace

std::span<const Function> random_functions() {
  return functions_of_random;
}

}  // namespace celldrift::sprig
