#pragma once
// A label as a carrier prints it: a PDF 1.4 of one A6 page, its lines in Helvetica. Characters
// beyond ASCII become "?": the real ones print a picture. Nothing throws. Threads: safe.
#include <string>
#include <vector>

namespace sandbox::carriers {

std::string label_pdf(const std::vector<std::string>& lines);

}  // namespace sandbox::carriers
