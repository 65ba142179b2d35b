#pragma once
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
/* Only macros that Swift cannot read stand here, prefix `mintmark_`. */
static const int mintmark_EVP_PKEY_KEYPAIR = EVP_PKEY_KEYPAIR;
/* As pointers, because a parameter builder keeps the name's address: a Swift string's would be gone. */
static const char *const mintmark_RSA_N = OSSL_PKEY_PARAM_RSA_N;
static const char *const mintmark_RSA_E = OSSL_PKEY_PARAM_RSA_E;
static const char *const mintmark_RSA_D = OSSL_PKEY_PARAM_RSA_D;
static const char *const mintmark_RSA_FACTOR1 = OSSL_PKEY_PARAM_RSA_FACTOR1;
static const char *const mintmark_RSA_FACTOR2 = OSSL_PKEY_PARAM_RSA_FACTOR2;
static const char *const mintmark_RSA_EXPONENT1 = OSSL_PKEY_PARAM_RSA_EXPONENT1;
static const char *const mintmark_RSA_EXPONENT2 = OSSL_PKEY_PARAM_RSA_EXPONENT2;
static const char *const mintmark_RSA_COEFFICIENT1 = OSSL_PKEY_PARAM_RSA_COEFFICIENT1;
