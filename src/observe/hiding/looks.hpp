// Whether a text that equals a Secret's value is worth hiding where it turns up elsewhere. A Secret
// may say "production" or "db.backend.svc", and blanking those everywhere would make reports
// useless.
#pragma once

#include "celldrift/observe/known_secrets.hpp"

#include <optional>
#include <string_view>

namespace celldrift::observe {

inline constexpr std::size_t least_secret_bytes = 8;

enum class Looks {
  public_text,  // too short, a certificate, a time, a word that everybody uses
  words,        // made of words and numbers, as names and addresses are: "backend-user"
  random        // letters and digits mixed, or other characters: "x7Kq2m9Z", "p@ssw0rd"
};
Looks looks(std::string_view text);

// By the key of the value in its Secret; nothing for keys whose values are never secret ("host").
std::optional<KnownSecrets::Tells> tells(std::string_view key);

}  // namespace celldrift::observe
