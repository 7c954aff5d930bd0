// SPDX-License-Identifier: MIT
//
// DOC: RFC 8259.

#include "stand-in/downloads/json_syntax.h"

#include <cstddef>
#include <cwctype>
#include <utility>

namespace dosvc_stand_in {
namespace {

constexpr int kDeepest = 64;

class Parser {
 public:
  // Keeps the string value of the top-level member named `wanted`.
  explicit Parser(const std::wstring& text, std::wstring wanted = {})
      : text_(text), wanted_(std::move(wanted)) {}

  const std::wstring& found() const { return found_; }

  bool IsObject() {
    Blank();
    if (Peek() != L'{' || !Value(0)) return false;
    Blank();
    return at_ == text_.size();
  }

 private:
  wchar_t Peek() const { return at_ < text_.size() ? text_[at_] : L'\0'; }
  bool Skip(wchar_t c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool Skip(const wchar_t* word) {
    for (; *word; ++word) {
      if (!Skip(*word)) return false;
    }
    return true;
  }
  void Blank() {
    while (at_ < text_.size() && std::wstring(L" \t\r\n").find(text_[at_]) != std::wstring::npos) {
      ++at_;
    }
  }

  bool Value(int depth) {
    if (depth > kDeepest) return false;
    Blank();
    switch (Peek()) {
      case L'{':
        return Members(L'{', L'}', depth);
      case L'[':
        return Members(L'[', L']', depth);
      case L'"':
        return Text();
      case L't':
        return Skip(L"true");
      case L'f':
        return Skip(L"false");
      case L'n':
        return Skip(L"null");
      default:
        return Number();
    }
  }

  // Parses the members of an object or the elements of an array.
  bool Members(wchar_t opening, wchar_t closing, int depth) {
    Skip(opening);
    Blank();
    if (Skip(closing)) return true;
    for (std::wstring name;;) {
      Blank();
      if (opening == L'{') {
        if (!Text()) return false;
        name = last_;
        Blank();
        if (!Skip(L':')) return false;
      }
      Blank();
      const bool is_text = Peek() == L'"';
      if (!Value(depth + 1)) return false;
      if (depth == 0 && is_text && name == wanted_) found_ = last_;
      Blank();
      if (Skip(closing)) return true;
      if (!Skip(L',')) return false;
    }
  }

  bool Text() {
    if (!Skip(L'"')) return false;
    last_.clear();
    while (at_ < text_.size()) {
      const wchar_t c = text_[at_++];
      if (c == L'"') return true;
      if (c < L' ') return false;
      if (c != L'\\') {
        last_ += c;
      } else if (!Escaped()) {
        return false;
      }
    }
    return false;
  }

  bool Escaped() {
    if (at_ >= text_.size()) return false;
    const wchar_t c = text_[at_++];
    if (c == L'u') return EscapedNumber();
    const auto which = std::wstring(L"\"\\/bfnrt").find(c);
    if (which == std::wstring::npos) return false;
    last_ += L"\"\\/\b\f\n\r\t"[which];
    return true;
  }

  bool EscapedNumber() {
    unsigned unit = 0;
    for (int digits = 0; digits < 4; ++digits, ++at_) {
      const auto digit = std::wstring(L"0123456789abcdef").find(std::towlower(Peek()));
      if (Peek() == L'\0' || digit == std::wstring::npos) return false;
      unit = unit * 16 + static_cast<unsigned>(digit);
    }
    last_ += static_cast<wchar_t>(unit);
    return true;
  }

  bool Digits() {
    const auto start = at_;
    while (Peek() >= L'0' && Peek() <= L'9') ++at_;
    return at_ > start;
  }

  bool Number() {
    Skip(L'-');
    if (!Skip(L'0') && !Digits()) return false;
    if (Skip(L'.') && !Digits()) return false;
    if (Skip(L'e') || Skip(L'E')) {
      if (!Skip(L'+')) Skip(L'-');
      return Digits();
    }
    return true;
  }

  const std::wstring& text_;
  const std::wstring wanted_;
  std::wstring last_;  // the last string that was read
  std::wstring found_;
  std::size_t at_ = 0;
};

}  // namespace

bool IsJsonObject(const std::wstring& text) { return Parser(text).IsObject(); }

std::wstring JsonText(const std::wstring& object, const std::wstring& name) {
  Parser parser(object, name);
  return parser.IsObject() ? parser.found() : std::wstring();
}

}  // namespace dosvc_stand_in
