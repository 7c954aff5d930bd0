// SPDX-License-Identifier: MIT
//
// Trust in a certificate of the tests, for as long as they run.
#pragma once

#include <string>

namespace dosvc_stand_in {

// Puts the certificate, in DER, among the user's trusted roots, or takes it from there.
bool Trust(const std::wstring& path, bool trusted);

}  // namespace dosvc_stand_in
