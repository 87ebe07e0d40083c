#pragma once
// Identifiers that cannot be mixed up. Text ids are ours (SKU, account name, producer key); number
// ids are rows of our own tables. Remote ids are plain strings: their shape belongs to the channel.
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace base {

template <typename Tag>
struct TextId {
  std::string text;

  TextId() = default;
  explicit TextId(std::string value) : text(std::move(value)) {}
  bool empty() const { return text.empty(); }
  auto operator<=>(const TextId&) const = default;
};

template <typename Tag>
struct RowId {
  std::int64_t value = 0;

  auto operator<=>(const RowId&) const = default;
};

}  // namespace base

template <typename Tag>
struct std::hash<base::TextId<Tag>> {
  std::size_t operator()(const base::TextId<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
