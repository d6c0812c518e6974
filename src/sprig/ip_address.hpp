// IP addresses as Go's package net/netip reads them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift::sprig {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};  // of an IPv4 address the first 4
  bool is_v4 = false;
  std::string zone;  // of an IPv6 address: "eth0"
};

// netip.ParseAddr. Throws Error(config) with its message: ParseAddr("x"): unable to parse IP.
IpAddress parse_ip_address(std::string_view text);

}  // namespace celldrift::sprig
