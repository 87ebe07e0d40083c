#include "base/text.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>

#include <cstdint>
#include <memory>

namespace base {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kAsciiSpace = " \t\r\n\v\f";

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

// Transliterators are not safe for concurrent use, so each thread owns one.
const icu::Transliterator* folding() {
  thread_local const std::unique_ptr<icu::Transliterator> instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::Transliterator>(icu::Transliterator::createInstance(
        "Any-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
  }();
  return instance.get();
}

std::string squeeze_spaces(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : trim(text)) {
    const bool space = kAsciiSpace.find(c) != std::string_view::npos;
    if (!space) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

}  // namespace

bool is_utf8(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t units = 0;
  u_strFromUTF8(nullptr, 0, &units, text.data(), static_cast<std::int32_t>(text.size()), &status);
  return status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status);
}

std::string normalise(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  const icu::UnicodeString wide = from_utf8(text);
  if (U_FAILURE(status)) return to_utf8(wide);
  const icu::UnicodeString composed = nfc->normalize(wide, status);
  return to_utf8(U_SUCCESS(status) ? composed : wide);
}

std::string fold(std::string_view text) {
  icu::UnicodeString wide = from_utf8(normalise(text));
  if (const auto* transliterator = folding()) transliterator->transliterate(wide);
  return squeeze_spaces(to_utf8(wide));
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(from_utf8(text).countChar32());
}

std::string shorten(std::string_view text, std::size_t code_points_max) {
  icu::UnicodeString wide = from_utf8(text);
  if (static_cast<std::size_t>(wide.countChar32()) <= code_points_max) return std::string(text);
  wide.truncate(wide.moveIndex32(0, static_cast<std::int32_t>(code_points_max)));
  const auto space = wide.lastIndexOf(u' ');
  if (space > wide.length() * 2 / 3) wide.truncate(space);
  return to_utf8(wide.trim());
}

std::string_view trim(std::string_view text) {
  for (;;) {
    const auto before = text.size();
    while (!text.empty() && kAsciiSpace.find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
    }
    while (!text.empty() && kAsciiSpace.find(text.back()) != std::string_view::npos) {
      text.remove_suffix(1);
    }
    if (text.starts_with(kNoBreakSpace)) text.remove_prefix(kNoBreakSpace.size());
    if (text.ends_with(kNoBreakSpace)) text.remove_suffix(kNoBreakSpace.size());
    if (text.size() == before) return text;
  }
}

}  // namespace base
