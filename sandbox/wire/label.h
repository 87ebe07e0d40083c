#pragma once
// A label as a parcel carries it: one page of plain lines, as PDF 1.4 or as HTML. The PDF holds
// ASCII alone; other bytes are printed as '?'. Threads: safe.
#include <string>
#include <string_view>
#include <vector>

namespace sandbox::wire {

inline constexpr std::size_t kLabelLinesMax = 60;  // what fits on the page; the rest is left out

std::string label_pdf(const std::vector<std::string>& lines);
std::string label_html(const std::vector<std::string>& lines);
std::string base64(std::string_view bytes);

}  // namespace sandbox::wire
