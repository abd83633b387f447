package dev.plinth.orders;

import io.micronaut.core.annotation.AnnotationValue;
import io.micronaut.validation.validator.constraints.ConstraintValidator;
import io.micronaut.validation.validator.constraints.ConstraintValidatorContext;
import jakarta.inject.Singleton;
import jakarta.validation.Constraint;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Currency;

/** The text is the ISO 4217 code of a currency that has minor units: gold and test currencies are no money. */
@Documented
@Constraint(validatedBy = {})
@Retention(RetentionPolicy.RUNTIME)
@interface KnownCurrency {
    String message() default "must be the ISO 4217 code of a currency, for example EUR";

    /** Looks codes up in the JDK's table. A missing code is for {@code NotNull} to refuse. */
    @Singleton
    final class Codes implements ConstraintValidator<KnownCurrency, String> {
        @Override
        public boolean isValid(
                String code, AnnotationValue<KnownCurrency> annotation, ConstraintValidatorContext context) {
            return code == null || Currency.getAvailableCurrencies().stream()
                    .anyMatch(currency -> currency.getCurrencyCode().equals(code)
                            && currency.getDefaultFractionDigits() >= 0);
        }
    }
}
