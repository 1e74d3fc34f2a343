package org.pxemesh.packageservice.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pxemesh.hq.rest.Problem;

class OptionChecksTest {

    @Test
    void shouldNameTheListThatHasAHole() throws Exception {
        // Given
        ImportRequest request = new ObjectMapper().readValue("""
                {"name": "x", "arguments": [null], "architectures": ["amd64", null], "without": [null]}
                """, ImportRequest.class);
        List<Problem.FieldError> errors = new ArrayList<>();

        // When
        new OptionChecks(errors).options(request, null, null);

        // Then
        assertThat(errors)
                .extracting(Problem.FieldError::field)
                .containsExactlyInAnyOrder("arguments", "architectures", "without");
    }
}
